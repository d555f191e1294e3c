import { readFile } from 'node:fs/promises';
import { defaultProfile } from '../../emulator/profile.ts';
import { RoomPicture } from '../../emulator/video/room-picture.ts';
import type { RtpVideoPacket } from '../../media/h264/access-unit.ts';
import { isSlice, joinAnnexB, nalsOfAnnexB, nalType } from '../../media/h264/nal.ts';
import { packetizeH264 } from '../../media/h264/rtp-packetizer.ts';
import { holdSeconds, type VideoCost, type VideoJob } from './job.ts';

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
  for (const { name } of members) room.addMember(name);
  room.watch(({ accessUnit }) => {
    frames += 1;
    bytes += accessUnit.length;
  });
  const { fps } = defaultProfile.video;
  let frame = 0;
  const runFor = async (stretchSeconds: number, around: (work: () => void) => void) => {
    for (const end = frame + Math.round(stretchSeconds * fps); frame < end; frame += 1) {
      const nowMs = (frame + 1) * room.tickMs;
      for (const { name, pictures } of members) {
        around(() => {
          for (const packet of pictures[frame]!) room.push(name, packet, nowMs - arrivalBeforeTickMs);
        });
      }
      let ticked: Promise<void> | undefined;
      around(() => {
        ticked = room.tick(nowMs);
      });
      await ticked;
    }
  };

  await runFor(warmUpSeconds, (work) => work());
  [frames, bytes] = [0, 0];
  const before = process.cpuUsage();
  await runFor(seconds, (work) => work());
  const { user, system } = process.cpuUsage(before);
  const cost = { cpuSeconds: (user + system) / 1e6, frames, bytes };

  const holdsMs: number[] = [];
  await runFor(holdSeconds, (work) => holdsMs.push(cpuMsOf(work)));
  await room.close();
  return { ...cost, longestHoldMs: Math.max(...holdsMs) };
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

/** CPU time, since on a busy machine other processes take time away in between. */
function cpuMsOf(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
