import { describe, expect, it } from 'vitest';
import { Transcript } from './transcript.ts';

describe('Transcript', () => {
  it('keeps what was said in order, with direction and time', () => {
    const transcript = new Transcript();
    transcript.request('POST http://h/a/whip', { 'content-type': 'application/sdp' }, 'v=0');
    transcript.answer(201, { 'x-sid': 's7', date: 'now' }, 'v=0 answer');
    transcript.frame('received', '{"config":{}}');
    transcript.event('closed with 1000');
    const { messages, leftOut } = transcript.said;
    expect(leftOut).toBe(0);
    expect(messages.map(({ atMs: _, ...message }) => message)).toEqual([
      {
        direction: 'sent',
        line: 'POST http://h/a/whip',
        headers: { 'content-type': 'application/sdp' },
        body: 'v=0',
      },
      { direction: 'received', line: '201', headers: { 'x-sid': 's7' }, body: 'v=0 answer' },
      { direction: 'received', line: 'frame', body: '{"config":{}}' },
      { direction: 'received', line: 'closed with 1000' },
    ]);
    const times = messages.map(({ atMs }) => atMs);
    expect(times.toSorted((a, b) => a - b)).toEqual(times);
  });

  it('keeps neither messages nor texts without end', () => {
    const transcript = new Transcript();
    for (let i = 0; i < 100; i += 1) transcript.frame('received', 'x'.repeat(100_000));
    const { messages, leftOut } = transcript.said;
    expect(messages.length + leftOut).toBe(100);
    expect(leftOut).toBeGreaterThan(0);
    for (const { body } of messages) expect(body).toMatch(/^x{12000}… \(88000 characters more\)$/);
  });
});
