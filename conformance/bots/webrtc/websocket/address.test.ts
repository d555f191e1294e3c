import { describe, expect, it } from 'vitest';
import { webSocketUrl } from './address.ts';

describe('webSocketUrl', () => {
  it.each([
    ['http://h:8080/a/whip?password=x', 'ws://h:8080/a/webrtc/publish?password=x'],
    ['https://u:p@h/rooms/one/whep?start_track=v1a3', 'wss://u:p@h/rooms/one/webrtc?start_track=v1a3'],
    ['http://h/whep/whep/', 'ws://h/whep/webrtc'],
    ['http://h/a%2Fb/whip', 'ws://h/a%2Fb/webrtc/publish'],
    ['wss://h/a/webrtc', 'wss://h/a/webrtc'],
  ])('of %s is %s', (url, expected) => {
    expect(webSocketUrl(url)).toBe(expected);
  });

  it('is not known of what is no endpoint for media', () => {
    expect(() => webSocketUrl('http://u:p@h/a/media_info.json')).toThrow(
      /^no WebSocket is known for http:\/\/h\/a/,
    );
  });
});
