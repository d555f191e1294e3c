import { describe, expect, it } from 'vitest';
import { SentLog } from './sent-log.ts';

describe('SentLog', () => {
  it('counts what was sent late, apart for sound and picture', () => {
    const log = new SentLog();
    for (const lateMs of [0, 10, 10.1, 35]) log.add('audio', lateMs);
    log.add('video', 3);
    const sent = { audio: { packets: 4, bytes: 400 }, video: { packets: 9, bytes: 9000 } };
    const { audio, video } = log.summary(sent);
    expect(audio).toMatchObject({ packets: 4, bytes: 400, late: 2, worstLateMs: 35 });
    expect(video).toMatchObject({ packets: 9, bytes: 9000, late: 0, worstLateMs: 3 });
    expect(video!.bitrateKbps / audio!.bitrateKbps).toBeCloseTo(22.5, 6);
  });

  it('says nothing of a track of which nothing was sent', () => {
    const none = { packets: 0, bytes: 0 };
    expect(new SentLog().summary({ audio: none, video: none })).toEqual({});
  });
});
