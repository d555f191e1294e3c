import { RoomMixer } from '../../../emulator/audio/room-mixer.ts';
import { defaultProfile } from '../../../emulator/profile.ts';
import { defaultOpusParameters } from '../../../media/opus-parameters.ts';
import { serveJob } from '../../child.ts';
import type { AudioJob, Observed } from '../measurement.ts';

/** Time of the mixer that passes before the measured stretch: queues fill, code is compiled. */
const warmUpSeconds = 4;
/** Packets arrive between two ticks. */
const arrivalBeforeTickMs = 10;

serveJob<AudioJob, Observed>(({ members, seconds, clips }) => {
  const mixer = new RoomMixer(defaultOpusParameters, defaultProfile.audio);
  const talkers = clips.slice(0, members).map((clip, i) => ({
    name: `member${i}`,
    payloads: clip.packets.map((packet) => Buffer.from(packet)),
  }));
  const packets = new Array<number>(members).fill(0);
  let bytes = 0;
  talkers.forEach(({ name }, i) => {
    mixer.addMember(name);
    mixer.listen({ minus: name }, ({ payload }) => {
      packets[i]! += 1;
      bytes += payload.length;
    });
  });

  let frame = 0;
  const runFor = (stretchSeconds: number) => {
    const end = frame + Math.round((stretchSeconds * 1000) / mixer.tickMs);
    for (; frame < end; frame += 1) {
      const nowMs = (frame + 1) * mixer.tickMs;
      talkers.forEach(({ name, payloads }, i) => {
        const packet = {
          ssrc: 1000 + i,
          sequenceNumber: frame & 0xffff,
          timestamp: (frame * 960) >>> 0,
          payload: payloads[frame % payloads.length]!,
        };
        mixer.push(name, packet, nowMs - arrivalBeforeTickMs);
      });
      mixer.tick(nowMs);
    }
  };

  runFor(warmUpSeconds);
  packets.fill(0);
  bytes = 0;
  const before = process.cpuUsage();
  runFor(seconds);
  const { user, system } = process.cpuUsage(before);
  return { cpuSeconds: (user + system) / 1e6, seconds, packets, bytes };
});
