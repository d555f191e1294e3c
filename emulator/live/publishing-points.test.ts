import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config/index.ts';
import { isSameSecret } from '../http/same-secret.ts';
import { PublishPasswordError, StreamNotFoundError } from '../http/services.ts';
import { defaultProfile } from '../profile.ts';
import { RoomRegistry } from '../rooms/registry.ts';
import { PublishingPoints } from './publishing-points.ts';

const text = `
  stream lobby { input mosaic2://; }
  stream alice { input publish://; password wonder; }
  stream camera { input rtsp://10.0.0.1/; }
  template chat { prefix chat; input publish://; password open; }
`;

function points(inUse: readonly string[] = []) {
  const rooms = new RoomRegistry({ profile: defaultProfile.rooms, now: () => 0 });
  rooms.addRoom('lobby');
  const config = parseConfig(text, 'test.conf');
  const found = new PublishingPoints(config, rooms, (name) => inUse.includes(name), isSameSecret);
  return { rooms, points: found };
}

describe('publishing points', () => {
  it('are the configured streams, the names of a template and the members of rooms', () => {
    const { rooms, points: found } = points();
    rooms.addMember('lobby', 'bob');
    expect(found.find('alice')).toMatchObject({ namedBy: 'config', takesPublishers: true });
    expect(found.find('camera')).toMatchObject({ inputUrl: 'rtsp://10.0.0.1/', takesPublishers: false });
    expect(found.find('chat/carol')).toMatchObject({ namedBy: 'user', password: 'open' });
    expect(found.find('bob')).toMatchObject({ namedBy: 'user', takesPublishers: true });
    expect(found.find('lobby')).toBeUndefined();
    expect(found.find('nobody')).toBeUndefined();
    expect([...found.names()].sort()).toEqual(['alice', 'bob', 'camera']);
  });

  it('stay after remove_stream while somebody publishes or watches, and go after that', () => {
    const inUse = ['bob'];
    const { rooms, points: found } = points(inUse);
    rooms.addMember('lobby', 'bob');
    rooms.removeMember('lobby', 'bob');
    expect(found.find('bob')).toMatchObject({ namedBy: 'user', takesPublishers: true });
    expect(() => found.authorise('bob', undefined)).not.toThrow();
    inUse.pop();
    expect(found.find('bob')).toBeUndefined();
    expect(() => found.authorise('bob', undefined)).toThrow(StreamNotFoundError);
  });

  it('want their password, and nothing that is nearly it', () => {
    const { points: found } = points();
    expect(() => found.authorise('alice', 'wonder')).not.toThrow();
    expect(() => found.authorise('chat/carol', 'open')).not.toThrow();
    for (const password of [undefined, '', 'wonde', 'wonder ', 'Wonder', 'open']) {
      expect(() => found.authorise('alice', password)).toThrow(PublishPasswordError);
    }
  });

  it('refuse rooms, other kinds of input and unknown names, each with its reason', () => {
    const { points: found } = points();
    expect(() => found.authorise('lobby', undefined)).toThrow(/lobby is a chat room/);
    expect(() => found.authorise('camera', undefined)).toThrow(/camera has no publish/);
    expect(() => found.authorise('nobody', undefined)).toThrow(/There is no stream nobody/);
  });

  it('say whose a name is that no room can have', () => {
    const { points: found } = points(['chat/carol']);
    expect(found.ownerOf('alice')).toBe('a stream of the configuration');
    expect(found.ownerOf('chat/carol')).toMatch(/published/);
    expect(found.ownerOf('chat/dave')).toBeUndefined();
    expect(found.ownerOf('lobby')).toBeUndefined();
  });
});
