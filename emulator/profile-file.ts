import {
  cellFits,
  deepFreeze,
  defaultProfile,
  gridRules,
  type Json,
  listAnswerShapes,
  type Profile,
  trackAnswerShapes,
} from './profile.ts';
import { recordedProblems } from './profile-recorded.ts';
import {
  type Check,
  isObject,
  oneOf,
  parseJson,
  show,
  text,
  unknownKey,
  wholeNumber,
} from './value-checks.ts';

/** A profile that cannot be used; the message has one line for each problem. */
export class ProfileError extends Error {
  override readonly name = 'ProfileError';
  /** Each `FILE: what is wrong`. */
  readonly problems: readonly string[];

  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.problems = problems;
  }
}

const maxTextLength = 1_000_000;
const maxJsonDepth = 20;

/** What each member may hold, by path. Every number and every string of a profile stands here. */
const checks: Readonly<Record<string, Check>> = {
  'rooms.allTrackNumber': wholeNumber(1, 999),
  'rooms.firstMemberTrackNumber': wholeNumber(1, 999),
  'rooms.allName': text,
  'rooms.literalRoomName': text,
  'rooms.maxMembers': wholeNumber(1, 1000),
  'answers.addRoom': anyJson,
  'answers.removeRoom': anyJson,
  'answers.listRoom': oneOf(listAnswerShapes),
  'answers.stats': oneOf(listAnswerShapes),
  'answers.addStream': oneOf(trackAnswerShapes),
  'answers.removeStream': oneOf(trackAnswerShapes),
  'answers.mute': oneOf(trackAnswerShapes),
  'answers.audioTrackPrefix': text,
  ...Object.fromEntries(
    Object.keys(defaultProfile.errors.status).map((kind) => [
      `errors.status.${kind}`,
      wholeNumber(200, 599, 'an HTTP status'),
    ]),
  ),
  'errors.realm': headerText,
  'server.header': headerText,
  'server.version': text,
  'video.canvasWidth': evenNumber(64, 4096),
  'video.canvasHeight': evenNumber(64, 4096),
  'video.fps': wholeNumber(1, 60),
  'video.bitrateKbps': wholeNumber(50, 50_000),
  'video.gridRule': oneOf(gridRules),
  'video.cellFit': oneOf(cellFits),
  'video.background': colour,
  'video.placeholderAfterMs': wholeNumber(0, 3_600_000),
  'audio.opusComplexity': wholeNumber(0, 10),
  'audio.rampMs': wholeNumber(0, 1000),
  'audio.jitterBuffer.earlinessFloorMs': wholeNumber(0, 1000),
  'audio.jitterBuffer.maxDelayMs': wholeNumber(0, 10_000),
  'sessions.silenceTimeoutMs': wholeNumber(100, 3_600_000),
  'sessions.connectTimeoutMs': wholeNumber(100, 3_600_000),
  'sessions.lostTimeoutMs': wholeNumber(100, 3_600_000),
  ...Object.fromEntries(
    Object.keys(defaultProfile.signalling.closeCodes).map((reason) => [
      `signalling.closeCodes.${reason}`,
      closeCode,
    ]),
  ),
};

/**
 * Reads a profile file: a JSON object with the members that differ from {@link defaultProfile}, nested as
 * there. Beside them, `recorded` may say where they come from (`RecordedSection`): it is checked and has no effect.
 * The result is complete and frozen.
 * @param fileName stands before each problem
 * @throws ProfileError with every unknown key and every unusable value, by full path
 */
export function parseProfile(text: string, fileName: string): Profile {
  if (text.length > maxTextLength) {
    throw new ProfileError([`${fileName}: longer than ${maxTextLength} characters`]);
  }
  const problems: string[] = [];
  const { overrides, recorded } = takeRecorded(readJson(text, fileName));
  if (recorded !== undefined) problems.push(...recordedProblems(recorded, (path) => isProfilePath(path)));
  const profile = merge(defaultProfile, overrides, '', problems) as Profile;
  if (problems.length === 0) problems.push(...contradictions(profile));
  if (problems.length > 0) throw new ProfileError(problems.map((problem) => `${fileName}: ${problem}`));
  return deepFreeze(profile);
}

/** What no single member shows. */
function contradictions({ rooms, audio }: Profile): string[] {
  const found: string[] = [];
  if (rooms.allTrackNumber === rooms.firstMemberTrackNumber) {
    found.push(`rooms.firstMemberTrackNumber: must not be rooms.allTrackNumber, ${rooms.allTrackNumber}`);
  }
  const { earlinessFloorMs, maxDelayMs } = audio.jitterBuffer;
  if (earlinessFloorMs > maxDelayMs) {
    found.push(`audio.jitterBuffer.earlinessFloorMs: must not be above maxDelayMs, ${maxDelayMs}`);
  }
  return found;
}

function readJson(text: string, fileName: string): unknown {
  try {
    return parseJson(text);
  } catch (error) {
    throw new ProfileError([`${fileName}: ${(error as SyntaxError).message}`]);
  }
}

function takeRecorded(file: unknown): { readonly overrides: unknown; readonly recorded?: unknown } {
  if (!isObject(file) || !Object.hasOwn(file, 'recorded')) return { overrides: file };
  const { recorded, ...overrides } = file;
  return { overrides, recorded };
}

/** Every path that holds a value of its own: `errors.status.bad-value`, and `answers.addRoom` as a whole. */
export function profilePaths(): readonly string[] {
  const leaves = (value: unknown, path: string): string[] => {
    if (!isObject(value) || checks[path] !== undefined) return [path];
    return Object.entries(value).flatMap(([key, inner]) =>
      leaves(inner, path === '' ? key : `${path}.${key}`),
    );
  };
  return leaves(defaultProfile, '');
}

let knownPaths: ReadonlySet<string> | undefined;

function isProfilePath(path: string): boolean {
  knownPaths ??= new Set(profilePaths());
  return knownPaths.has(path);
}

/** Lays `override` over `base`, as deep as `base` goes; notes what does not fit. */
function merge(base: unknown, override: unknown, path: string, problems: string[]): unknown {
  const check = checks[path];
  if (check !== undefined) {
    const expected = check(override);
    if (expected !== undefined) problems.push(`${path}: expected ${expected}, not ${show(override)}`);
    return override;
  }
  if (!isObject(base)) {
    if (typeof override === typeof base) return override;
    problems.push(`${path}: expected true or false, not ${show(override)}`);
    return base;
  }
  if (!isObject(override)) {
    problems.push(`${path === '' ? '' : `${path}: `}expected an object, not ${show(override)}`);
    return base;
  }
  const merged: Record<string, unknown> = { ...base };
  for (const [key, value] of Object.entries(override)) {
    const innerPath = path === '' ? key : `${path}.${key}`;
    if (!Object.hasOwn(base, key)) {
      problems.push(unknownKey(path === '' ? '' : `${path}.`, key, Object.keys(base)));
      continue;
    }
    merged[key] = merge(base[key], value, innerPath, problems);
  }
  return merged;
}

function evenNumber(least: number, most: number): Check {
  const whole = wholeNumber(least, most);
  return (value) =>
    whole(value) === undefined && (value as number) % 2 === 0
      ? undefined
      : `an even number from ${least} to ${most}`;
}

/** RFC 6455 §7.4: codes that an endpoint may send. */
function closeCode(value: unknown): string | undefined {
  const isStandard = [1000, 1001, 1008, 1011].includes(value as number);
  const isOwn = Number.isInteger(value) && (value as number) >= 3000 && (value as number) <= 4999;
  return isStandard || isOwn ? undefined : 'a close code: 1000, 1001, 1008, 1011, 3000 to 4999';
}

/** Node refuses a header with other characters, and a quote would end the realm. */
function headerText(value: unknown): string | undefined {
  const fits = typeof value === 'string' && /^[ !#-[\]-~]{1,255}$/.test(value);
  return fits ? undefined : 'a string of 1 to 255 printable ASCII characters without quotes and backslashes';
}

function colour(value: unknown): string | undefined {
  const fits = typeof value === 'string' && /^#[0-9a-f]{6}$/i.test(value);
  return fits ? undefined : 'a colour like "#1f1f1f"';
}

function anyJson(value: unknown): string | undefined {
  return isShallow(value as Json, maxJsonDepth) ? undefined : `at most ${maxJsonDepth} levels of nesting`;
}

function isShallow(value: Json, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return levels > 0 && Object.values(value).every((inner: Json) => isShallow(inner, levels - 1));
}
