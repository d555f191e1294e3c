import { setTimeout as sleep } from 'node:timers/promises';
import { Child } from '../../child.ts';
import type { Contender } from '../contender.ts';
import { janusRoom } from '../janus/config-files.ts';
import { JanusProcess } from '../janus/janus-process.ts';
import { cpuSecondsOf } from '../janus/proc-stat.ts';
import { opusPayloadType, type ReceivedCount, type TalkersRequest } from '../janus/talkers-messages.ts';
import type { Observed } from '../measurement.ts';

const settleMs = 3000;

/** The AudioBridge of Janus with plain-RTP participants: a peer in C, without SRTP. */
export function janusAudioBridge(version: string): Contender {
  return {
    id: 'janus',
    title: `Janus AudioBridge ${version}`,
    async measure({ members, seconds, clips }) {
      const janus = await JanusProcess.start();
      const talkers = new Child(new URL('../janus/talkers-process.ts', import.meta.url), 'the RTP talkers');
      const ask = <Answer>(request: TalkersRequest) => talkers.ask<Answer>(request);
      try {
        const { ports } = await ask<{ ports: readonly number[] }>({ type: 'open', members });
        const remotePorts: number[] = [];
        for (const port of ports) remotePorts.push(await janus.api.join(janusRoom, port, opusPayloadType));
        await ask({ type: 'talk', ports: remotePorts, clips: clips.slice(0, members) });
        await sleep(settleMs);
        return await measureWindow(janus.pid, () => ask<ReceivedCount>({ type: 'count' }), seconds);
      } finally {
        await Promise.all([talkers.close(), janus.close()]);
      }
    },
  };
}

async function measureWindow(
  pid: number,
  count: () => Promise<ReceivedCount>,
  seconds: number,
): Promise<Observed> {
  const read = async () => ({ ...(await count()), cpuSeconds: cpuSecondsOf(pid) });
  const from = await read();
  await sleep(seconds * 1000);
  const to = await read();
  return {
    cpuSeconds: to.cpuSeconds - from.cpuSeconds,
    seconds: Number(to.atNs - from.atNs) / 1e9,
    packets: to.packets.map((packets, member) => packets - from.packets[member]!),
    bytes: to.bytes - from.bytes,
  };
}
