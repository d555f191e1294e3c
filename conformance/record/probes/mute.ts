import { levelsOf } from '../../analysis/tone-levels.ts';
import { lastSeconds, waitForSound } from '../../bots/collect.ts';
import { decodeRecording } from '../../bots/recording.ts';
import { toneSignature } from '../../bots/signatures/catalogue.ts';
import { quietDbfs } from '../../bots/signatures/render.ts';
import { toneClip } from '../../bots/tone-clip.ts';
import { statOf, trackAnswerOf } from '../../http/answer-shapes.ts';
import { requireSuccess } from '../lab.ts';
import { type Probe, ProbeError } from '../probe.ts';

/** Until a change is surely through all buffers. */
const settleSeconds = 1.2;
const mostTries = 4;
const heardDb = -6;
const silentDb = -40;

/** Whether a second mute undoes the first, and what becomes of a member who does not publish. */
export const muteProbe: Probe = {
  name: 'muting, by ear',
  fields: ['rooms.muteToggles'],
  async run(lab, findings) {
    const { room } = await lab.addRoom('mute');
    const { clip, sent } = toneClip('voice', toneSignature(3), quietDbfs);
    const hearOnce = async () => {
      await waitForSound([listener], settleSeconds);
      return levelsOf(lastSeconds(decodeRecording(await listener.take()), 0.5), [sent])[0]!.gainDb;
    };
    // A busy machine makes holes: what is expected may come a little later.
    const hear = async (isExpected: (gainDb: number) => boolean) => {
      let gainDb = await hearOnce();
      for (let more = mostTries - 1; more > 0 && !isExpected(gainDb); more -= 1) gainDb = await hearOnce();
      return gainDb;
    };
    const { stream, publisher } = await lab.join(room, 'voice', clip);
    const listener = await lab.listen(room, false);
    const before = await hear((gainDb) => gainDb > heardDb);
    if (before < heardDb) throw new ProbeError(`a member is not heard in the room: ${before.toFixed(0)} dB`);
    const first = requireSuccess(await lab.api.room(room, 'mute-audio', [stream]), 'mute-audio');
    const muted = await hear((gainDb) => gainDb < silentDb);
    const second = requireSuccess(await lab.api.room(room, 'mute-audio', [stream]), 'mute-audio');
    const after = await hear((gainDb) => gainDb > heardDb);
    const heard = `heard at ${before.toFixed(0)} dB before, ${muted.toFixed(0)} after the first call, ${after.toFixed(0)} after the second`;
    const isPlain = muted < silentDb && (after < silentDb || after > heardDb);
    if (isPlain) findings.found('rooms.muteToggles', after > heardDb, first, second, heard);
    else findings.unknown('rooms.muteToggles', heard);

    await publisher.close();
    const stat = await lab.api.room(room, 'stat', []);
    const stays = statOf(stat.json)?.clients.includes(stream) ? 'stays a member' : 'is no member any more';
    const again = await lab.addMember(room, 'voice');
    const track = trackAnswerOf(again.answer.json)?.number;
    await waitForSound([listener], settleSeconds);
    const rest = await listener.take();
    findings.observe(
      'a member who stops publishing',
      `${stays}, has track ${track ?? 'unknown'} when added again; the room goes on with ${rest.length} packets in ${settleSeconds * 1000} ms`,
      stat,
      again.answer,
    );
  },
};
