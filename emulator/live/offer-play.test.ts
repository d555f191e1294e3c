import { beforeEach, describe, expect, it, vi } from 'vitest';
import { StreamNotFoundError } from '../http/services.ts';
import { createPlayOffer } from '../webrtc/play-offer.ts';
import type { PlayOffer, SessionEnd } from '../webrtc/types.ts';
import { client, live } from './test-live.ts';
import { FakePlaySession } from './test-sessions.ts';

vi.mock('../webrtc/play-offer.ts');

const session = { current: new FakePlaySession() };

beforeEach(() => {
  session.current = new FakePlaySession();
  vi.mocked(createPlayOffer).mockImplementation(async () => fakeOffer());
});

function fakeOffer(): PlayOffer {
  let end: (reason: SessionEnd) => void = () => {};
  const ended = new Promise<SessionEnd>((resolve) => {
    end = resolve;
  });
  return {
    id: 'offer',
    sdp: 'v=0',
    ended,
    accept: () => session.current,
    close: async (reason) => end(reason),
  };
}

describe('an offer to a viewer', () => {
  it('has a video line where the room has a picture, and becomes a session when it is answered', async () => {
    const { rooms, services } = live();
    rooms.addRoom('lobby');
    const offer = await services.offerPlay('lobby', { audio: 3 }, client);
    expect(vi.mocked(createPlayOffer).mock.calls[0]?.[0]).toMatchObject({ video: false });
    expect(services.sessions()).toEqual([]);
    expect(offer.accept('answer')).toBe(session.current);
    expect(services.sessions()).toMatchObject([{ stream: 'lobby', tracks: ['a3'] }]);
    await vi.waitFor(() => expect(session.current.frames.length).toBeGreaterThan(0));
    await services.close();
    expect(session.current.end).toBe('closed-by-server');
  });

  it('ends with the room, and is not taken afterwards', async () => {
    const { rooms, services } = live();
    rooms.addRoom('lobby');
    const offer = await services.offerPlay('lobby', {}, client);
    rooms.removeRoom('lobby');
    await expect(offer.ended).resolves.toBe('closed-by-server');
    expect(() => offer.accept('answer')).toThrow(StreamNotFoundError);
    await services.close();
  });

  it('ends with the emulator, also where that ends while it is made', async () => {
    const { rooms, services } = live();
    rooms.addRoom('lobby');
    const first = await services.offerPlay('lobby', {}, client);
    const second = fakeOffer();
    vi.mocked(createPlayOffer).mockImplementation(async () => {
      void services.close();
      return second;
    });
    await expect(services.offerPlay('lobby', {}, client)).rejects.toThrow(StreamNotFoundError);
    await expect(first.ended).resolves.toBe('closed-by-server');
    await expect(second.ended).resolves.toBe('closed-by-server');
  });

  it('is not made for a stream that nobody knows', async () => {
    const { services } = live();
    await expect(services.offerPlay('nobody', {}, client)).rejects.toThrow(StreamNotFoundError);
    await services.close();
  });
});
