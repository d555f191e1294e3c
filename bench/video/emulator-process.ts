import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { defaultProfile } from '../../emulator/profile.ts';
import { RoomPicture } from '../../emulator/video/room-picture.ts';
import { isSlice, joinAnnexB, nalsOfAnnexB, nalType } from '../../media/h264/nal.ts';
import { packetizeH264, type RtpVideoPayload } from '../../media/h264/rtp-packetizer.ts';
import type { VideoCost, VideoJob } from './job.ts';

/** Packets arrive between two ticks. */
const arrivalBeforeTickMs = 10;

process.once('message', async (job: VideoJob) => {
  process.send?.(await run(job));
});

async function run({ files, warmUpSeconds, seconds }: VideoJob): Promise<VideoCost> {
  const room = new RoomPicture(defaultProfile.video);
  const members = await Promise.all(
    files.map(async (file, i) => ({
      name: `member${i}`,
      ssrc: i,
      pictures: payloadsOf(await readFile(file)),
      sent: 0,
    })),
  );
  let [frames, bytes, longestHoldMs] = [0, 0, 0];
  for (const { name } of members) room.addMember(name);
  room.watch(({ accessUnit }) => {
    frames += 1;
    bytes += accessUnit.length;
  });
  const { fps } = defaultProfile.video;
  let frame = 0;
  const runFor = async (stretchSeconds: number) => {
    for (const end = frame + Math.round(stretchSeconds * fps); frame < end; frame += 1) {
      const nowMs = (frame + 1) * room.tickMs;
      for (const member of members) {
        for (const part of member.pictures[frame]!) {
          const before = performance.now();
          const sequenceNumber = member.sent & 0xffff;
          member.sent += 1;
          const packet = { ...part, ssrc: member.ssrc, sequenceNumber, timestamp: frame * 3600 };
          room.push(member.name, packet, nowMs - arrivalBeforeTickMs);
          longestHoldMs = Math.max(longestHoldMs, performance.now() - before);
        }
      }
      const before = performance.now();
      const ticked = room.tick(nowMs);
      longestHoldMs = Math.max(longestHoldMs, performance.now() - before);
      await ticked;
    }
  };

  await runFor(warmUpSeconds);
  [frames, bytes, longestHoldMs] = [0, 0, 0];
  const before = process.cpuUsage();
  await runFor(seconds);
  const { user, system } = process.cpuUsage(before);
  await room.close();
  return { cpuSeconds: (user + system) / 1e6, frames, bytes, longestHoldMs };
}

/** The pictures of a byte stream as RTP payloads. Every picture of these clips has one slice. */
function payloadsOf(stream: Buffer): RtpVideoPayload[][] {
  const pictures: RtpVideoPayload[][] = [];
  let nals: Buffer[] = [];
  for (const nal of nalsOfAnnexB(stream)) {
    nals.push(nal);
    if (!isSlice(nalType(nal))) continue;
    pictures.push(packetizeH264(joinAnnexB(nals)));
    nals = [];
  }
  return pictures;
}
