import { median } from '../../analysis/statistics.ts';
import type { PublisherBot } from '../../bots/bot-host.ts';
import { type LiveCanvas, LiveViewer } from '../../bots/live-viewer.ts';
import { pictureClip } from '../../bots/picture-clip.ts';
import { statOf, toldTracksOf } from '../../http/answer-shapes.ts';
import { encodePath } from '../../http/api-client.ts';
import { yuvToHex } from '../../picture/colour-space.ts';
import type { FoundCell } from '../../picture/find-cells.ts';
import { cellsBy, fittingRules, type GridRules } from '../../picture/grid-rules.ts';
import { type I420Picture, inset, type Rectangle } from '../../picture/i420.ts';
import { colourAt } from '../../picture/sampling.ts';
import type { Findings } from '../findings.ts';
import type { Lab } from '../lab.ts';
import { type Probe, ProbeError } from '../probe.ts';

const members = 3;
const patienceMs = 10_000;
/** So long the canvas has to stay as it is before it is looked at: a keyframe is coarse at first. */
const steadyMs = 1500;
/** Of the canvas' own shape: enough for bars to be seen, little enough for the coded patch to survive a cut. */
const narrower = 0.94;
/** How long a picture that has stopped is watched. */
const longestPlaceholderMs = 8000;
const betweenStopsMs = 400;
/** A duration that was watched is told to half a second. */
const durationStepMs = 500;

/** The room's picture: what is in it, and what becomes of a member whose picture stops. */
export const pictureProbe: Probe = {
  name: 'the picture of a room',
  fields: [
    'video.canvasWidth',
    'video.canvasHeight',
    'video.fps',
    'video.bitrateKbps',
    'video.gridRule',
    'video.centreLastRow',
    'video.cellFit',
    'video.background',
    'video.placeholderAfterMs',
  ],
  async run(lab, findings) {
    const room = lab.context.target.configured?.pictures.at(-1);
    if (room === undefined) {
      throw new ProbeError('no room with a picture is known: name one that is configured, by --room');
    }
    await requireEmpty(lab, room);
    await toldBitrate(lab, findings, room);
    // A server may send nothing until somebody is in the picture.
    const first = await lab.join(
      room,
      'camera',
      await pictureClip({ bot: 0, width: 320, height: 180, ...rate }),
    );
    const viewer = await lab.listen(room, true);
    if (!viewer.hasVideo) throw new ProbeError(`${room} sends no picture: it needs disable_video=false`);
    const watched = await LiveViewer.open(viewer, { signal: lab.context.signal });
    try {
      const canvas = await watched.waitUntil(() => true, { patienceMs });
      if (canvas === undefined) throw new ProbeError('no picture comes that can be decoded');
      const camera = cameraFor(canvas.picture);
      await first.publisher.close();
      await lab.removeMember(room, first.stream);
      const publishers: PublisherBot[] = [];
      for (let bot = 0; bot < members; bot += 1) {
        const clip = await pictureClip({ bot, ...camera, ...rate });
        publishers.push((await lab.join(room, `camera-${bot}`, clip)).publisher);
      }
      geometry(await steadyCanvas(watched, findings), findings);
      await untilPlaceholders(watched, publishers, findings);
    } finally {
      watched.close();
    }
  },
};

const rate = { fps: 25, seconds: 4 };

async function requireEmpty(lab: Lab, room: string): Promise<void> {
  const answer = await lab.api.room(room, 'stat', []);
  const clients = statOf(answer.json)?.clients;
  if (clients !== undefined && clients.length > 1)
    throw new ProbeError(`${room} has members: it is left alone`);
}

async function toldBitrate(lab: Lab, findings: Findings, room: string): Promise<void> {
  const answer = await lab.api.request(`/${encodePath(room)}/media_info.json`, { anonymous: true });
  const told = toldTracksOf(answer.json).find(({ content }) => content === 'video')?.bitrate;
  if (typeof told === 'number') findings.found('video.bitrateKbps', Math.round(told), answer);
  else findings.unknown('video.bitrateKbps', 'media_info.json tells no bit rate of the picture');
}

/** A picture a little narrower than the canvas, and large enough for its coded patch. */
function cameraFor({ width, height }: I420Picture): { width: number; height: number } {
  const aspectRatio = (width / height) * narrower;
  const camera =
    aspectRatio * 192 >= 240
      ? { width: 192 * aspectRatio, height: 192 }
      : { width: 240, height: 240 / aspectRatio };
  return { width: even(camera.width), height: even(camera.height) };
}

async function requireCanvas(watched: LiveViewer, bots: number): Promise<LiveCanvas> {
  const canvas = await watched.waitUntil(({ cells }) => isEverybodyThere(cells, bots), { patienceMs });
  if (canvas !== undefined) return canvas;
  throw new ProbeError(`${bots} members with a camera cannot be found in the picture`);
}

function isEverybodyThere(cells: readonly FoundCell[], bots: number): boolean {
  return new Set(cells.map(({ bot }) => bot)).size === bots;
}

/** Waits until everybody has been there for a while; counts pictures and keyframes meanwhile. */
async function steadyCanvas(watched: LiveViewer, findings: Findings): Promise<LiveCanvas> {
  await requireCanvas(watched, members);
  let sinceMs: number | undefined;
  const timestamps: number[] = [];
  const keyframes: number[] = [];
  const canvas = await watched.waitUntil(
    ({ cells, arrivalMs, timestamp, keyframe }) => {
      timestamps.push(timestamp);
      if (keyframe) keyframes.push(timestamp);
      if (!isEverybodyThere(cells, members)) sinceMs = undefined;
      else sinceMs ??= arrivalMs;
      return sinceMs !== undefined && arrivalMs - sinceMs >= steadyMs && keyframes.length >= 3;
    },
    { patienceMs },
  );
  const seen = canvas ?? (await requireCanvas(watched, members));
  const { width, height } = seen.picture;
  const size = `pictures of ${width}x${height} come`;
  findings.found('video.canvasWidth', width, size);
  findings.found('video.canvasHeight', height, size);
  const step = median(stepsOf(timestamps));
  const steps = `${timestamps.length} pictures, their timestamps ${step} of 90 kHz apart (median)`;
  if (step > 0) findings.found('video.fps', Math.round(90_000 / step), steps);
  const between = stepsOf(keyframes).map((ticks) => `${(ticks / 90_000).toFixed(2)} s`);
  findings.observe(
    'keyframes',
    between.length === 0 ? 'fewer than two in a while' : `${between.join(', ')} apart`,
  );
  return seen;
}

function stepsOf(timestamps: readonly number[]): number[] {
  return timestamps.slice(1).map((timestamp, i) => (timestamp - timestamps[i]!) >>> 0);
}

function geometry({ picture, cells }: LiveCanvas, findings: Findings): void {
  const found = Array.from({ length: members }, (_, bot) => cells.find((cell) => cell.bot === bot));
  const seen = found
    .map((cell, bot) => `member ${bot} of ${sizeText(cell?.source)} at ${rectangleText(cell?.rectangle)}`)
    .join('; ');
  const [rules, ...others] = fittingRules(picture, found);
  if (rules === undefined || others.length > 0) {
    findings.observe('the grid', seen);
    for (const name of ['gridRule', 'centreLastRow', 'cellFit', 'background']) {
      findings.unknown(
        `video.${name}`,
        `none of the rules that the profile knows, or several, give this: ${seen}`,
      );
    }
    return;
  }
  for (const [name, value] of Object.entries(rules)) findings.found(`video.${name}`, value, seen);
  const colour = emptyColour(picture, rules);
  findings.found('video.background', colour, `${colour} (median) where nobody's cell is`);
}

/** The colour of the last row's empty places, as `#rrggbb`. */
function emptyColour(picture: I420Picture, rules: GridRules): string {
  const cells = cellsBy(rules, picture, members).map((cell) => inset(cell, -edgePx));
  const samples = [];
  for (let y = edgePx; y < picture.height - edgePx; y += stepPx) {
    for (let x = edgePx; x < picture.width - edgePx; x += stepPx) {
      if (!cells.some((cell) => isInside(cell, x, y))) samples.push(colourAt(picture, x, y)!);
    }
  }
  return yuvToHex({
    y: median(samples.map((sample) => sample.y)),
    u: median(samples.map((sample) => sample.u)),
    v: median(samples.map((sample) => sample.v)),
  });
}

/** So far coding may blur an edge. */
const edgePx = 16;
const stepPx = 4;

/**
 * Lets one camera after the other stop without a word, and watches how long the last picture of each is shown. What
 * a busy machine adds to one of them does not count: the middle one is told.
 */
async function untilPlaceholders(
  watched: LiveViewer,
  publishers: readonly PublisherBot[],
  findings: Findings,
): Promise<void> {
  const cameras = publishers.map(() => ({ frame: -1, changedMs: Number.NaN, goneMs: Number.NaN }));
  const look = ({ cells, arrivalMs }: LiveCanvas): boolean => {
    for (const [bot, camera] of cameras.entries()) {
      const frame = cells.find((cell) => cell.bot === bot)?.frame;
      if (frame === undefined) {
        if (Number.isNaN(camera.goneMs)) camera.goneMs = arrivalMs;
      } else if (frame !== camera.frame) {
        Object.assign(camera, { frame, changedMs: arrivalMs, goneMs: Number.NaN });
      } else camera.goneMs = Number.NaN;
    }
    return cameras.every(({ goneMs }) => !Number.isNaN(goneMs));
  };
  for (const publisher of publishers) {
    await publisher.abandon();
    await watched.waitUntil(look, { patienceMs: betweenStopsMs });
  }
  const canvas = await watched.waitUntil(look, { patienceMs: longestPlaceholderMs });
  if (canvas === undefined) {
    const stays = `after ${longestPlaceholderMs / 1000} s the last picture is still shown`;
    findings.observe('a picture that stops', stays);
    findings.unknown('video.placeholderAfterMs', stays);
    return;
  }
  const durationsMs = cameras.map(({ changedMs, goneMs }) => goneMs - changedMs);
  const told = durationsMs.map((ms) => `${(ms / 1000).toFixed(2)} s`).join(', ');
  const saw = `the last pictures of ${members} members are shown for ${told}, then something else`;
  findings.observe('a picture that stops', saw);
  const roundedMs = Math.round(median(durationsMs) / durationStepMs) * durationStepMs;
  findings.found('video.placeholderAfterMs', roundedMs, saw);
}

function isInside(area: Rectangle, x: number, y: number): boolean {
  return x >= area.x && y >= area.y && x < area.x + area.width && y < area.y + area.height;
}

function sizeText(size: { width: number; height: number } | undefined): string {
  return size === undefined ? 'no size' : `${size.width}x${size.height}`;
}

function rectangleText(area: Rectangle | undefined): string {
  if (area === undefined) return 'no place';
  const [x, y, width, height] = [area.x, area.y, area.width, area.height].map(Math.round);
  return `${width}x${height}+${x}+${y}`;
}

function even(value: number): number {
  return 2 * Math.round(value / 2);
}
