import { H264Error } from './h264-error.ts';
import type { NativePicture } from './native-picture.ts';
import { loadNodeAv } from './node-av.ts';
import { scalePicture } from './scaler.ts';

/** Of FFmpeg's scale for JPEG: 2 (best) to 31. */
const quality = 4;

/**
 * Makes a JPEG file of a picture, outside the calling thread.
 * @param picture must stay open and unchanged until the promise settles
 * @throws H264Error where FFmpeg fails
 */
export async function encodeJpeg(picture: NativePicture): Promise<Buffer> {
  const nodeAv = await loadNodeAv();
  const codec = nodeAv.Codec.findEncoder(nodeAv.AV_CODEC_ID_MJPEG);
  if (codec === null) throw new H264Error('FFmpeg has no JPEG encoder');
  // JPEG is full range.
  const full = await scalePicture(picture, picture, 'full');
  const context = new nodeAv.CodecContext();
  const packet = new nodeAv.Packet();
  try {
    packet.alloc();
    context.allocContext3(codec);
    context.width = full.width;
    context.height = full.height;
    context.pixelFormat = nodeAv.AV_PIX_FMT_YUVJ420P;
    context.timeBase = new nodeAv.Rational(1, 1);
    context.threadCount = 1;
    context.setFlags(nodeAv.AV_CODEC_FLAG_QSCALE);
    context.globalQuality = quality * nodeAv.FF_QP2LAMBDA;
    full.frame.quality = quality * nodeAv.FF_QP2LAMBDA;
    const opened = await context.open2(codec, null);
    const sent = opened < 0 ? opened : await context.sendFrame(full.frame);
    const received = sent < 0 ? sent : await context.receivePacket(packet);
    const { data } = packet;
    if (received < 0 || data === null) throw new H264Error(`no JPEG could be made (${received})`);
    return data;
  } finally {
    context.freeContext();
    packet.free();
    full.close();
  }
}
