/**
 * The WebRTC sessions, loaded at the first use: they are a third of what a start would take, and the HTTP
 * side is ready without them.
 */
export async function loadWebRtc() {
  const [{ createPublishSession }, { createPlaySession }, { createPlayOffer }] = await Promise.all([
    import('../webrtc/publish-session.ts'),
    import('../webrtc/play-session.ts'),
    import('../webrtc/play-offer.ts'),
  ]);
  return { createPublishSession, createPlaySession, createPlayOffer };
}
