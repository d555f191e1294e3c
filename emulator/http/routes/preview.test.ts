import { describe, expect, it } from 'vitest';
import { testApp } from '../test-app.ts';

describe('preview.jpg', () => {
  it('is a JPEG of the canvas for a room with a picture, and never kept by caches', async () => {
    const { app, services } = testApp();
    services.registry.addRoom('lobby', { disableVideo: false });
    const answer = await app.inject({ url: '/lobby/preview.jpg' });
    expect(answer.statusCode).toBe(200);
    expect(answer.headers['content-type']).toBe('image/jpeg');
    expect(answer.headers['cache-control']).toBe('no-store');
    expect(answer.rawPayload.subarray(0, 2)).toEqual(Buffer.from([0xff, 0xd8]));
  });

  it.each(['/silent/preview.jpg', '/nobody/preview.jpg'])('is 404 at %s', async (url) => {
    const { app, services } = testApp();
    services.registry.addRoom('silent', { disableVideo: true });
    const answer = await app.inject({ url });
    expect(answer.statusCode).toBe(404);
    expect(answer.json().detail).toMatch(/\.$/);
  });
});
