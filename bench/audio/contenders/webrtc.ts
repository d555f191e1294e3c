import { setTimeout as sleep } from 'node:timers/promises';
import { BotHost, type ListenerBot, type PublisherBot } from '../../../conformance/bots/bot-host.ts';
import { waitForSound } from '../../../conformance/bots/collect.ts';
import { Child } from '../../child.ts';
import type { Contender } from '../contender.ts';
import type { AudioJob, Observed } from '../measurement.ts';
import type { CpuReading, EmulatorRequest } from './webrtc-process.ts';

const room = 'bench';
/** Handshakes at a time: bots share one thread. */
const connectingAtOnce = 4;
/** Everybody hears everybody for so long before the measured stretch: code is compiled, delays settle. */
const settleSeconds = 6;

/** The whole emulator, ICE, DTLS and SRTP included; its bots run in another process and are not counted. */
export const webRtc: Contender = {
  id: 'webrtc',
  title: 'WebRTC',
  bar: { members: 40, cpuPerParticipantSecond: 0.008 },
  async measure(job) {
    const emulator = new Child(new URL('./webrtc-process.ts', import.meta.url), 'the emulator');
    const bots = new BotHost();
    try {
      const { url } = await emulator.ask<{ url: string }>({ type: 'start', room } satisfies EmulatorRequest);
      const listeners = await fillRoom(url, bots, job);
      await waitForSound(listeners, settleSeconds);
      return await measureWindow(emulator, listeners, job.seconds);
    } finally {
      await Promise.all([bots.close(), emulator.close()]);
    }
  },
};

/** Everybody joins, publishes and listens to the own track. */
async function fillRoom(url: string, bots: BotHost, job: AudioJob): Promise<ListenerBot[]> {
  const tracks: string[] = [];
  for (let i = 0; i < job.members; i += 1) tracks.push(await addStream(url, `member${i}`));
  const listeners = new Array<ListenerBot>(job.members);
  const join = async (member: number) => {
    await publish(bots, `${url}/member${member}/whip`, job, member);
    listeners[member] = await bots.listen(`${url}/${room}/whep?start_track=${tracks[member]}`);
  };
  for (let from = 0; from < job.members; from += connectingAtOnce) {
    const batch = Array.from({ length: Math.min(connectingAtOnce, job.members - from) }, (_, i) => from + i);
    await Promise.all(batch.map(join));
  }
  return listeners;
}

function publish(bots: BotHost, url: string, job: AudioJob, member: number): Promise<PublisherBot> {
  return bots.publish(url, job.clips[member]!);
}

/** @returns the member's track, `a3` */
async function addStream(url: string, stream: string): Promise<string> {
  const response = await fetch(`${url}/flussonic/api/dynamic_mosaic/${room}`, {
    method: 'POST',
    headers: { authorization: `Basic ${btoa('user:pass')}` },
    body: JSON.stringify({ command: 'add_stream', args: [stream] }),
  });
  const body = await response.text();
  if (!response.ok) throw new Error(`add_stream answered ${response.status} ${body.trim()}`);
  return (JSON.parse(body) as { track_id: string }).track_id;
}

async function measureWindow(
  emulator: Child,
  listeners: readonly ListenerBot[],
  seconds: number,
): Promise<Observed> {
  const cpu = () => emulator.ask<CpuReading>({ type: 'cpu' } satisfies EmulatorRequest);
  const takeAll = () => Promise.all(listeners.map((listener) => listener.take()));
  await takeAll();
  const from = await cpu();
  await sleep(seconds * 1000);
  const to = await cpu();
  const received = (await takeAll()).map((packets) =>
    packets.filter(({ arrivalNs }) => arrivalNs >= from.atNs && arrivalNs < to.atNs),
  );
  return {
    cpuSeconds: (to.cpuMicros - from.cpuMicros) / 1e6,
    seconds: Number(to.atNs - from.atNs) / 1e9,
    packets: received.map((packets) => packets.length),
    bytes: received.flat().reduce((sum, { payload }) => sum + payload.length, 0),
  };
}
