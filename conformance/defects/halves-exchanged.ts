import type { straightToListeners } from '../../emulator/index.ts';
import {
  H264Decoder,
  H264Encoder,
  I420Buffer,
  loadNodeAv,
  type NodeAv,
  Scaler,
} from '../../media/h264/index.ts';

type Deliver = (typeof straightToListeners)['deliverVideo'];
type Frame = Parameters<ReturnType<Deliver>>[0];

/** One viewer gets a picture of its own, in which the left half and the right half have changed places. */
export const halvesExchanged: Deliver = (send) => {
  const made = loadNodeAv().then((nodeAv) => new OtherPicture(nodeAv));
  let turn: Promise<void> = Promise.resolve();
  return (frame) => {
    turn = turn
      .then(async () => (await made).of(frame))
      .then(send)
      .catch(() => undefined);
  };
};

/** Decodes the picture of all, draws another one, and encodes that. */
class OtherPicture {
  readonly #nodeAv: NodeAv;
  readonly #decoder: H264Decoder;
  readonly #scaler: Scaler;
  #canvas: I420Buffer | undefined;
  #encoder: H264Encoder | undefined;

  constructor(nodeAv: NodeAv) {
    this.#nodeAv = nodeAv;
    this.#decoder = H264Decoder.openSync(nodeAv);
    this.#scaler = new Scaler(nodeAv);
  }

  async of(frame: Frame): Promise<Frame> {
    await this.#decoder.decode(frame.accessUnit);
    const picture = this.#decoder.picture!;
    const { width, height } = picture;
    this.#canvas ??= new I420Buffer(this.#nodeAv, { width, height });
    this.#encoder ??= await H264Encoder.open({ width, height, fps: 25, bitrateKbps: 2000 });
    const half = { y: 0, width: width / 2, height };
    for (const [from, to] of [[0, width / 2] as const, [width / 2, 0] as const]) {
      this.#scaler.draw(picture, this.#canvas, { ...half, x: to }, { crop: { ...half, x: from } });
    }
    const { data, keyframe } = await this.#encoder.encode(this.#canvas, { keyframe: frame.keyframe });
    return { ...frame, accessUnit: data, keyframe };
  }
}
