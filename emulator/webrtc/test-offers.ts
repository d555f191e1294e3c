import { readFileSync } from 'node:fs';

/**
 * Offers for tests: those of Chromium 156, werift and GStreamer 1.22's webrtcbin as they were sent, and ones in the
 * form that Firefox and OBS write, each with the line order, attribute order and habits of its kind. GStreamer's
 * publisher has no `fmtp` for H.264, since its encoder had made no picture yet, and sends fragments all the same.
 */
export const testOffers = {
  chromiumPublisher: read('chromium-publisher'),
  chromiumPlayer: read('chromium-player'),
  firefoxPublisher: read('firefox-publisher'),
  gstreamerPublisher: read('gstreamer-publisher'),
  gstreamerPlayer: read('gstreamer-player'),
  obsPublisher: read('obs-publisher'),
  weriftPublisher: read('werift-publisher'),
} as const;

/** The publishers' offers by name, for tables of tests. */
export const publisherOffers = Object.entries(testOffers).filter(([name]) => name.endsWith('Publisher'));

/** An offer with lines that match taken out. */
export function without(offer: string, line: RegExp): string {
  return offer
    .split('\r\n')
    .filter((text) => !line.test(text))
    .join('\r\n');
}

function read(name: string): string {
  const text = readFileSync(new URL(`./test-offers/${name}.sdp`, import.meta.url), 'utf8');
  return text.replaceAll(/\r?\n/g, '\r\n');
}
