import { packetizeH264 } from '../../media/h264/rtp-packetizer.ts';

/** Cuts a picture into RTP payloads once for all who watch it: they are the same for every viewer. */
export class Packetized {
  #newest: { readonly accessUnit: Buffer; readonly payloads: readonly Buffer[] } | undefined;

  /** @param accessUnit Annex B; the same buffer for every viewer of one picture, not changed meanwhile */
  payloadsOf(accessUnit: Buffer): readonly Buffer[] {
    if (this.#newest?.accessUnit !== accessUnit) {
      const payloads = packetizeH264(accessUnit).map(({ payload }) => payload);
      this.#newest = { accessUnit, payloads };
    }
    return this.#newest.payloads;
  }
}
