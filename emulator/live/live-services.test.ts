import { beforeEach, describe, expect, it, vi } from 'vitest';
import { streamFromJson } from '../config/index.ts';
import { PublishForbiddenError, StreamNotFoundError } from '../http/services.ts';
import type { TrackSelection } from '../rooms/types.ts';
import { createPlaySession } from '../webrtc/play-session.ts';
import { createPublishSession } from '../webrtc/publish-session.ts';
import { client, live } from './test-live.ts';
import { FakePlaySession, FakePublishSession } from './test-sessions.ts';

vi.mock('../webrtc/play-session.ts');
vi.mock('../webrtc/publish-session.ts');

/** Does something while the next session is being made. */
function whileMade<Session>(session: Session, meanwhile: () => void) {
  return async () => {
    meanwhile();
    return session as never;
  };
}

describe('live services', () => {
  beforeEach(() => {
    vi.mocked(createPlaySession).mockImplementation(async () => new FakePlaySession() as never);
    vi.mocked(createPublishSession).mockImplementation(async () => new FakePublishSession() as never);
  });

  it('take streams into the configuration, change them, and let them go with all who use them', async () => {
    const { rooms, services } = live();
    const put = (name: string, ...inputs: object[]) =>
      services.configureStream(streamFromJson(name, { inputs }));
    expect(put('cam', { url: 'publish://' })).toMatchObject({ namedBy: 'config', inputUrl: 'publish://' });
    expect(put('lobby', { url: 'mosaic2://' })).toMatchObject({ namedBy: 'config', inputUrl: 'mosaic2://' });
    const publisher = new FakePublishSession();
    vi.mocked(createPublishSession).mockImplementationOnce(async () => publisher as never);
    await services.publish('cam', '', undefined, client);
    expect(() => put('cam', { url: 'mosaic2://' })).toThrow('published or watched');
    expect(services.stream('cam')).toMatchObject({ namedBy: 'config', alive: true });

    // Whether it has a picture is settled when a room is made.
    rooms.addMember('lobby', 'cam');
    put('lobby', { url: 'mosaic2://', bitrate: '32' });
    expect(rooms.room('lobby')).toMatchObject({ opus: { bitrateKbps: 32 }, members: [{ stream: 'cam' }] });
    put('lobby', { url: 'mosaic2://', disable_video: false });
    expect(rooms.room('lobby')).toMatchObject({ disableVideo: false, members: [] });
    put('lobby', { url: 'publish://' });
    expect(rooms.room('lobby')).toBeUndefined();

    expect(services.removeStream('cam')).toBe(true);
    await expect(publisher.ended).resolves.toBe('closed-by-server');
    await vi.waitFor(() => expect(services.stream('cam')).toBeUndefined());
    expect(services.removeStream('cam')).toBe(false);
    await services.close();
  });

  it('keep a published stream when its room lets it go, until its publisher goes too', async () => {
    const { rooms, services } = live();
    rooms.addRoom('lobby');
    rooms.addMember('lobby', 'bob');
    const first = await services.publish('bob', '', undefined, client);
    rooms.removeMember('lobby', 'bob');
    expect(services.stream('bob')).toMatchObject({ name: 'bob', alive: true });
    expect(services.streams().map(({ name }) => name)).toContain('bob');
    const second = await services.publish('bob', '', undefined, client);
    await expect(first.ended).resolves.toBe('replaced');
    await second.close('closed-by-client');
    await vi.waitFor(() => expect(services.stream('bob')).toBeUndefined());
    await expect(services.publish('bob', '', undefined, client)).rejects.toThrow(StreamNotFoundError);
    await services.close();
  });

  it.each([
    ['its room is removed', false],
    ['they are closed', true],
  ])('close a viewer’s session when %s while it is made', async (_, closes) => {
    const { rooms, services } = live();
    rooms.addRoom('lobby');
    const session = new FakePlaySession();
    const meanwhile = () => (closes ? void services.close() : void rooms.removeRoom('lobby'));
    vi.mocked(createPlaySession).mockImplementation(whileMade(session, meanwhile));
    await expect(services.play('lobby', '', {}, client)).rejects.toThrow(StreamNotFoundError);
    expect(session.end).toBe('closed-by-server');
    expect(services.sessions()).toEqual([]);
    await services.close();
  });

  it('close a publisher’s session when its stream is removed while it is made', async () => {
    const { rooms, services } = live();
    rooms.addRoom('lobby');
    rooms.addMember('lobby', 'bob');
    const session = new FakePublishSession();
    const meanwhile = () => void rooms.removeMember('lobby', 'bob');
    vi.mocked(createPublishSession).mockImplementation(whileMade(session, meanwhile));
    await expect(services.publish('bob', '', undefined, client)).rejects.toThrow(StreamNotFoundError);
    expect(session.end).toBe('closed-by-server');
    expect(services.stream('bob')).toBeUndefined();
    await services.close();
  });

  it('close a publisher’s session when its name becomes a room while it is made', async () => {
    const { rooms, services } = live('template any { prefix ""; input publish://; }');
    const session = new FakePublishSession();
    const meanwhile = () => void rooms.addRoom('bob');
    vi.mocked(createPublishSession).mockImplementation(whileMade(session, meanwhile));
    await expect(services.publish('bob', '', undefined, client)).rejects.toThrow(PublishForbiddenError);
    expect(session.end).toBe('closed-by-server');
    expect(services.sessions()).toEqual([]);
    await services.close();
  });

  it('give no room the name of a stream that is configured or published', async () => {
    const { rooms, services } = live(
      'stream alice { input publish://; } template chat { prefix chat; input publish://; }',
    );
    const publisher = await services.publish('chat/bob', '', undefined, client);
    const addRoom = (name: string) =>
      services.managerCommand(JSON.stringify({ command: 'add_room', args: [name] }));
    expect(addRoom('alice')).toMatchObject({
      status: 400,
      body: { error: 'bad-value', detail: '"alice" is a stream of the configuration.' },
    });
    expect(addRoom('chat/bob')).toMatchObject({ status: 400, body: { error: 'bad-value' } });
    expect(rooms.rooms()).toEqual([]);
    expect(services.stream('chat/bob')).toMatchObject({ alive: true });
    await publisher.close('closed-by-client');
    await vi.waitFor(() => expect(addRoom('chat/bob')).toMatchObject({ status: 200 }));
    await services.close();
  });

  it('end the session of a viewer that cannot be sent to, and the others go on', async () => {
    const { rooms, services } = live();
    rooms.addRoom('lobby');
    const broken = new FakePlaySession();
    broken.sendAudio = () => {
      throw new Error('socket');
    };
    vi.mocked(createPlaySession).mockImplementationOnce(async () => broken as never);
    await services.play('lobby', '', {}, client);
    const whole = (await services.play('lobby', '', {}, client)) as FakePlaySession;
    await expect(broken.ended).resolves.toBe('closed-by-server');
    const heard = whole.frames.length;
    await vi.waitFor(() => expect(whole.frames.length).toBeGreaterThan(heard));
    expect(services.sessions().map(({ session }) => session.id)).toEqual([whole.id]);
    await services.close();
  });

  it('play the tracks that are asked for, of a published stream too', async () => {
    const { services } = live();
    const publisher = new FakePublishSession(true);
    vi.mocked(createPublishSession).mockImplementationOnce(async () => publisher as never);
    await services.publish('alice', '', undefined, client);
    const tracks = async (selection: TrackSelection) => {
      const viewer = new FakePlaySession(true);
      vi.mocked(createPlaySession).mockImplementationOnce(async () => viewer as never);
      await services.play('alice', '', selection, client);
      return services.session(viewer.id)?.tracks;
    };
    expect(await tracks({ audio: 1 })).toEqual(['a1']);
    expect(await tracks({ audio: 1, video: 1 })).toEqual(['v1', 'a1']);
    expect(await tracks({})).toEqual(['v1', 'a1']);
    await services.close();
  });

  it('look at the members of rooms once to list all streams, however many there are', async () => {
    const names = Array.from({ length: 50 }, (_, index) => `s${index}`);
    const { rooms, services } = live(names.map((name) => `stream ${name} { input publish://; }`).join('\n'));
    rooms.addRoom('lobby');
    for (const name of names) rooms.addMember('lobby', `${name}/guest`);
    services.streams();
    rooms.removeMember('lobby', 's0/guest');
    const look = vi.spyOn(rooms, 'rooms');
    expect(services.streams()).toHaveLength(100);
    expect(look.mock.calls.length).toBeLessThan(5);
    await services.close();
  });

  it('take nothing more from a publisher that was replaced', async () => {
    const { services } = live();
    const old = (await services.publish('alice', '', undefined, client)) as FakePublishSession;
    await services.play('alice', '', {}, client);
    await services.publish('alice', '', undefined, client);
    const packet = { ssrc: 1, sequenceNumber: 1, timestamp: 1, payload: Buffer.from([0xf8, 1, 2]) };
    const read = vi.spyOn(packet, 'payload', 'get');
    old.onAudio!(packet, performance.now());
    expect(read).not.toHaveBeenCalled();
    await services.close();
  });
});
