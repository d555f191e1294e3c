/**
 * H.264 that cannot be read or decoded, or a codec that gave up. It ends the one decoder or encoder that
 * threw it, and nothing else.
 */
export class H264Error extends Error {
  override readonly name = 'H264Error';
}
