import { defaultOpusParameters } from '../../media/opus-parameters.ts';
import type { StreamInfo, TrackInfo } from '../http/services.ts';
import type { Profile } from '../profile.ts';
import type { Room } from '../rooms/types.ts';
import type { PublishSession } from '../webrtc/types.ts';
import type { Broadcast } from './broadcast.ts';
import type { PublishingPoint } from './publishing-points.ts';

/** A room as the information calls show it. */
export function roomInfo(room: Room, clientCount: number, profile: Profile): StreamInfo {
  const { allTrackNumber, allName } = profile.rooms;
  const track = (number: number, title: string): TrackInfo => ({
    trackId: `${profile.answers.audioTrackPrefix}${number}`,
    content: 'audio',
    codec: 'opus',
    title,
    bitrateKbps: room.opus.bitrateKbps,
    sampleRateHz: room.opus.sampleRateHz,
    channels: 1,
  });
  const { canvasWidth, canvasHeight, fps, bitrateKbps } = profile.video;
  const picture: TrackInfo = {
    trackId: 'v1',
    content: 'video',
    codec: 'h264',
    title: allName,
    width: canvasWidth,
    height: canvasHeight,
    fps,
    bitrateKbps,
  };
  const tracks = [
    ...(room.disableVideo ? [] : [picture]),
    track(allTrackNumber, allName),
    ...room.members.map((member) => track(member.trackNumber, member.stream)),
  ];
  return {
    name: room.name,
    inputUrl: 'mosaic2://',
    namedBy: room.configured ? 'config' : 'user',
    alive: true,
    createdAtMs: room.createdAtMs,
    clientCount,
    bitrateKbps: tracks.reduce((sum, one) => sum + (one.bitrateKbps ?? 0), 0),
    tracks,
    room,
  };
}

/** What lists show of a stream that somebody publishes or watches. */
export interface BroadcastFacts extends Pick<Broadcast, 'createdAtMs' | 'pictureSize'> {
  readonly publisher: Pick<PublishSession, 'stats' | 'startedAtMs'> | undefined;
}

/** A published or publishable stream as the information calls show it. */
export function broadcastInfo(
  name: string,
  point: PublishingPoint,
  broadcast: BroadcastFacts | undefined,
  clientCount: number,
  startedAtMs: number,
): StreamInfo {
  const publisher = broadcast?.publisher;
  return {
    name,
    inputUrl: point.inputUrl,
    namedBy: point.namedBy,
    alive: publisher !== undefined,
    createdAtMs: broadcast?.createdAtMs ?? startedAtMs,
    clientCount,
    bitrateKbps: publisher === undefined ? 0 : bitrateKbps(publisher.stats().bytes, publisher.startedAtMs),
    tracks: publisher === undefined ? [] : [...publishedPicture(broadcast), publishedSound],
  };
}

/** Nothing for a publisher of sound only, or whose first picture has not come yet. */
function publishedPicture(broadcast: BroadcastFacts | undefined): TrackInfo[] {
  const size = broadcast?.pictureSize;
  return size === undefined ? [] : [{ trackId: 'v1', content: 'video', codec: 'h264', ...size }];
}

const publishedSound: TrackInfo = {
  trackId: 'a1',
  content: 'audio',
  codec: 'opus',
  sampleRateHz: defaultOpusParameters.sampleRateHz,
  channels: 2,
};

function bitrateKbps(bytes: number, sinceMs: number): number {
  const durationMs = Math.max(1, Date.now() - sinceMs);
  return Math.round((bytes * 8) / durationMs);
}
