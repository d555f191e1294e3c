import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RuleBook } from '../rule-book.ts';
import type { PacketFaultRule } from '../types.ts';
import { SessionLines } from './session-lines.ts';

const [audioType, videoType] = [111, 102];

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

/** Lines of an emulator with the room `demo`, in which alice is while `members` says so. */
function setUp(...rules: PacketFaultRule[]) {
  const book = new RuleBook();
  const ids = rules.map((rule) => book.add(rule));
  let tell = () => {};
  const state = { members: ['alice'] };
  const lines = new SessionLines(book, 7, {
    hasRoom: (name) => name === 'demo',
    roomsOf: (stream) => (state.members.includes(stream) ? ['demo'] : []),
    onRoomEvent: (listener) => {
      tell = listener;
    },
  });
  const open = (line: ReturnType<SessionLines['publisher']>) => {
    line.agree(new Map([[audioType, 'audio'] as const, [videoType, 'video'] as const]));
    const out: number[] = [];
    let sent = 0;
    const send = (count: number, payloadType = audioType, ssrc = 1) => {
      for (let i = 0; i < count; i += 1) {
        const number = sent++;
        const packet = {
          payloadType,
          ssrc,
          sequenceNumber: (65000 + number) % 65536,
          timestamp: number * 960,
        };
        line.push(packet, () => out.push(number));
      }
    };
    return { line, out, send };
  };
  return {
    book,
    ids,
    lines,
    setMembers: (...members: string[]) => {
      state.members = members;
      tell();
    },
    publisher: (stream = 'alice') => open(lines.publisher(stream)),
    viewer: (name = 'demo') => open(lines.viewer(name)),
  };
}

const all = (count: number) => Array.from({ length: count }, (_, i) => i);
const loss: PacketFaultRule = { on: { direction: 'out' }, do: { lose: 0.2 } };

describe('the line of a session', () => {
  it('passes everything on where there is no rule for it', () => {
    const { publisher, viewer, book, ids } = setUp(loss);
    const { out, send } = publisher();
    send(50);
    expect(out).toEqual(all(50));
    expect(book.state(ids[0]!)).toMatchObject({ matched: 0, hits: 0 });
    viewer().send(50);
    expect(book.state(ids[0]!)?.matched).toBe(50);
  });

  it('loses the same packets by the same seed, whatever other lines carry', () => {
    const first = setUp(loss).viewer();
    first.send(500);
    const busy = setUp(loss);
    const [publisher, second, other] = [busy.publisher(), busy.viewer(), busy.viewer('alice')];
    for (let i = 0; i < 500; i += 1) {
      other.send(3);
      publisher.send(2);
      second.send(1);
    }
    expect(second.out).toEqual(first.out);
    expect(first.out.length).toBeGreaterThan(350);
    expect(first.out.length).toBeLessThan(450);
    expect(busy.book.state('rule-1')).toMatchObject({ matched: 2000 });
  });

  it('loses others for the next session, and for another source within one', () => {
    const { viewer } = setUp(loss);
    const [first, second] = [viewer(), viewer()];
    first.send(200);
    second.send(200);
    expect(second.out).not.toEqual(first.out);
    const before = first.out.length;
    first.send(200, audioType, 2);
    expect(first.out.slice(before).map((number) => number - 200)).not.toEqual(first.out.slice(0, before));
  });

  it('gives packets that are sent again another chance, and moves no other by it', () => {
    const first = setUp(loss).viewer();
    first.send(100);
    const { line, out, send } = setUp(loss).viewer();
    send(50);
    const again: number[] = [];
    for (let number = 0; number < 50; number += 1) {
      const packet = { payloadType: audioType, ssrc: 1, sequenceNumber: 65000 + number, timestamp: 0 };
      line.push(packet, () => again.push(number));
    }
    send(50);
    expect(out).toEqual(first.out);
    expect(all(50).some((number) => !out.includes(number) && again.includes(number))).toBe(true);
  });

  it('leaves sound alone where the rule is for the picture, and what nobody agreed on always', () => {
    const { viewer } = setUp({ on: { direction: 'out', kind: 'video' }, do: { lose: 1 } });
    const { out, send } = viewer();
    send(3);
    send(3, videoType);
    send(3, 7);
    expect(out).toEqual([0, 1, 2, 6, 7, 8]);
  });

  it('is for publishers of a room while they are in it', () => {
    const { publisher, setMembers } = setUp({ on: { direction: 'in', room: 'de*' }, do: { lose: 1 } });
    const { out, send } = publisher();
    send(2);
    setMembers();
    send(2);
    setMembers('alice');
    send(2);
    expect(out).toEqual([2, 3]);
  });

  it('tells viewers of a room from viewers of a stream', () => {
    const { viewer } = setUp({ on: { direction: 'out', stream: '*' }, do: { lose: 1 } });
    const [ofRoom, ofStream] = [viewer('demo'), viewer('alice')];
    ofRoom.send(2);
    ofStream.send(2);
    expect([ofRoom.out, ofStream.out]).toEqual([all(2), []]);
  });

  it('holds for its time, by the timestamps of the packets', () => {
    // 20 ms a packet.
    const { viewer, book } = setUp({ on: { direction: 'out' }, do: { lose: 1 }, fromMs: 40, untilMs: 100 });
    const { out, send } = viewer();
    send(8);
    expect(out).toEqual([0, 1, 5, 6, 7]);
    expect(book.state('rule-1')).toMatchObject({ matched: 3, hits: 3 });
  });

  it('counts its time from the first packet that the rule sees', () => {
    const { viewer, book } = setUp();
    const { out, send } = viewer();
    send(10);
    book.add({ on: { direction: 'out' }, do: { lose: 1 }, untilMs: 40 });
    send(4);
    expect(out).toEqual([...all(10), 12, 13]);
  });

  it('hands on from rule to rule', async () => {
    const duplicate: PacketFaultRule = { on: { direction: 'out' }, do: { duplicate: 1 } };
    const late: PacketFaultRule = { on: { direction: 'out' }, do: { delayMs: 30 } };
    const { viewer } = setUp(duplicate, late);
    const { out, send } = viewer();
    send(2);
    expect(out).toEqual([]);
    await vi.advanceTimersByTimeAsync(31);
    expect(out).toEqual([0, 0, 1, 1]);
  });

  it('lets late packets come yet when their rule goes, and what waits for its successor at once', async () => {
    const { viewer, book } = setUp(
      { on: { direction: 'out' }, do: { delayMs: 30 } },
      { on: { direction: 'out' }, do: { reorder: 1 } },
    );
    const { out, send } = viewer();
    send(1);
    await vi.advanceTimersByTimeAsync(31);
    book.clear();
    send(1);
    expect(out).toEqual([0, 1]);
  });

  it('leaves no timer behind when the session ends', () => {
    const { viewer, lines } = setUp({ on: { direction: 'out' }, do: { delayMs: 1000 } });
    const [first, second] = [viewer(), viewer()];
    first.send(5);
    second.send(5);
    expect(vi.getTimerCount()).toBe(2);
    first.line.close();
    expect(vi.getTimerCount()).toBe(1);
    lines.close();
    lines.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('is cut, and so is what was on its way', async () => {
    const { publisher, lines } = setUp({ on: { direction: 'in' }, do: { delayMs: 30 } });
    const { out, send, line } = publisher();
    send(2);
    expect(lines.cutPublisher('bob')).toBe(false);
    expect(lines.cutPublisher('alice')).toBe(true);
    expect(line.isCut).toBe(true);
    expect(lines.cutPublisher('alice')).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    expect(out).toEqual([]);
  });
});
