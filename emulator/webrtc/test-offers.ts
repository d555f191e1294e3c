import { readFileSync } from 'node:fs';

/**
 * Offers for tests: Chromium 156's and werift's as they were sent, and ones in the form that Firefox,
 * GStreamer's WHIP sink and OBS write, each with the line order, attribute order and habits of its kind.
 */
export const testOffers = {
  chromiumPublisher: read('chromium-publisher'),
  chromiumPlayer: read('chromium-player'),
  firefoxPublisher: read('firefox-publisher'),
  gstreamerPublisher: read('gstreamer-publisher'),
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
