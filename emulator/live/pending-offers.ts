import type { PlayOffer } from '../webrtc/types.ts';

/** Offers to viewers, each until it is over, so that none outlives its stream or the emulator. */
export class PendingOffers {
  readonly #streams = new Map<PlayOffer, string>();

  add(offer: PlayOffer, stream: string): void {
    this.#streams.set(offer, stream);
    void offer.ended.then(() => this.#streams.delete(offer));
  }

  /** Ends the offers of a stream; of all where none is named. */
  async close(stream?: string): Promise<void> {
    const offers = [...this.#streams].filter(([, name]) => stream === undefined || name === stream);
    await Promise.all(offers.map(([offer]) => offer.close('closed-by-server')));
  }
}
