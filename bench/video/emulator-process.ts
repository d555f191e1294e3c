import { readFile } from 'node:fs/promises';
import { performance } from 'node:perf_hooks';
import { defaultProfile } from '../../emulator/profile.ts';
import { RoomPicture } from '../../emulator/video/room-picture.ts';
import type { RtpVideoPacket } from '../../media/h264/access-unit.ts';
import { isSlice, joinAnnexB, nalsOfAnnexB, nalType } from '../../media/h264/nal.ts';
import { packetizeH264 } from '../../media/h264/rtp-packetizer.ts';
import type { VideoCost, VideoJob } from './job.ts';

/** Packets arrive between two ticks. */
const arrivalBeforeTickMs = 10;

process.once('message', async (job: VideoJob) => {
  process.send?.(await run(job));
});

async function run({ files, warmUpSeconds, seconds }: VideoJob): Promise<VideoCost> {
  const room = new RoomPicture(defaultProfile.video);
  const members = await Promise.all(
    files.map(async (file, i) => ({ name: `member${i}`, pictures: packetsOf(await readFile(file), i) })),
  );
  let [frames, bytes] = [0, 0];
  let holdsMs: number[] = [];
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
      for (const { name, pictures } of members) {
        const before = performance.now();
        for (const packet of pictures[frame]!) room.push(name, packet, nowMs - arrivalBeforeTickMs);
        holdsMs.push(performance.now() - before);
      }
      const before = performance.now();
      const ticked = room.tick(nowMs);
      holdsMs.push(performance.now() - before);
      await ticked;
    }
  };

  await runFor(warmUpSeconds);
  [frames, bytes, holdsMs] = [0, 0, []];
  const before = process.cpuUsage();
  await runFor(seconds);
  const { user, system } = process.cpuUsage(before);
  await room.close();
  return {
    cpuSeconds: (user + system) / 1e6,
    frames,
    bytes,
    holdMs: { p99: percentile(holdsMs, 0.99), longest: percentile(holdsMs, 1) },
  };
}

/** The pictures of a byte stream as RTP packets. Every picture of these clips has one slice. */
function packetsOf(stream: Buffer, ssrc: number): RtpVideoPacket[][] {
  const pictures: RtpVideoPacket[][] = [];
  let nals: Buffer[] = [];
  let sent = 0;
  for (const nal of nalsOfAnnexB(stream)) {
    nals.push(nal);
    if (!isSlice(nalType(nal))) continue;
    const timestamp = pictures.length * 3600;
    const parts = packetizeH264(joinAnnexB(nals));
    const first = sent;
    pictures.push(
      parts.map((part, i) => ({ ...part, ssrc, timestamp, sequenceNumber: (first + i) & 0xffff })),
    );
    sent += parts.length;
    nals = [];
  }
  return pictures;
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
