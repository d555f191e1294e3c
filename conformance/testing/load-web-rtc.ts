/**
 * The bots' WebRTC, loaded at the first use: whoever only starts an emulator does not wait for it, and the emulator
 * has loaded most of it by then.
 */
export async function loadWebRtc() {
  const [{ Publisher }, { Listener }] = await Promise.all([
    import('../bots/webrtc/publisher.ts'),
    import('../bots/webrtc/listener.ts'),
  ]);
  return { Publisher, Listener };
}
