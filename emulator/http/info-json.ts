import type { SessionInfo, StreamInfo, TrackInfo } from './services.ts';

/** The body of `media_info.json`: `{"tracks":[…]}`. */
export function mediaInfoJson(stream: StreamInfo) {
  return { tracks: stream.tracks.map(trackJson) };
}

/** A stream as `/flussonic/api/streams` lists it. */
export function streamJson(stream: StreamInfo) {
  return {
    name: stream.name,
    urls: [{ value: stream.inputUrl }],
    alive: stream.alive,
    client_count: stream.clientCount,
    bitrate: stream.bitrateKbps,
    created_at: stream.createdAtMs,
    named_by: stream.namedBy,
    media_info: mediaInfoJson(stream),
  };
}

/** A stream as the v3 API shows it. */
export function streamV3Json(stream: StreamInfo) {
  return {
    name: stream.name,
    named_by: stream.namedBy,
    inputs: [{ url: stream.inputUrl }],
    stats: {
      alive: stream.alive,
      status: stream.alive ? 'running' : 'waiting',
      bitrate: stream.bitrateKbps,
      client_count: stream.clientCount,
      opened_at: stream.createdAtMs,
      media_info: mediaInfoJson(stream),
    },
  };
}

/** A session as `/flussonic/api/sessions` lists it; times in ms. */
export function sessionJson(info: SessionInfo, nowMs: number) {
  const { session } = info;
  return {
    id: session.id,
    session_id: session.id,
    name: info.stream,
    type: sessionType(info),
    ip: info.remoteAddress,
    user_agent: info.userAgent,
    created_at: session.startedAtMs,
    duration: Math.max(0, nowMs - session.startedAtMs),
    current_time: nowMs,
    ...traffic(info),
    tracks: info.tracks,
  };
}

/** A session as the v3 API lists it; times in ms. */
export function sessionV3Json(info: SessionInfo) {
  const { session } = info;
  return {
    id: session.id,
    name: info.stream,
    proto: 'webrtc',
    type: session.kind,
    ip: info.remoteAddress,
    user_agent: info.userAgent,
    opened_at: session.startedAtMs,
    ...traffic(info),
    tracks: info.tracks,
  };
}

/** Clients until 22.x look for the figures in `params`, later ones beside the codec. */
function trackJson(track: TrackInfo) {
  const figures = {
    bitrate: track.bitrateKbps,
    sample_rate: track.sampleRateHz,
    channels: track.channels,
    width: track.width,
    height: track.height,
    fps: track.fps,
  };
  return {
    track_id: track.trackId,
    content: track.content,
    codec: track.codec,
    title: track.title,
    ...figures,
    params: { codec: track.codec, ...figures },
  };
}

function sessionType({ session }: SessionInfo): string {
  return session.kind === 'play' ? 'webrtc' : 'webrtc_publish';
}

function traffic({ session }: SessionInfo) {
  const { bytes, packets, packetsLost, jitterMs, roundTripMs } = session.stats();
  const direction = session.kind === 'play' ? { bytes_sent: bytes } : { bytes_received: bytes };
  return { ...direction, packets, packets_lost: packetsLost, jitter: jitterMs, round_trip: roundTripMs };
}
