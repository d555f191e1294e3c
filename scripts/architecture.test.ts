import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');

/** Every import in the sources: which file imports what, packages by their names, files by their paths. */
const imports = ['emulator', 'media', 'conformance', 'bench', 'media-samples', 'scripts']
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true }).map((file) => join(folder, String(file))),
  )
  .concat(readdirSync(root))
  .filter((file) => file.endsWith('.ts'))
  .flatMap((file) => {
    const text = readFileSync(join(root, file), 'utf8');
    const pattern = /(?:from|import)\s*\(?\s*'([^']+)'|new URL\('([^']+\.ts)'/g;
    return [...text.matchAll(pattern)].map((match) => {
      const specifier = match[1] ?? match[2]!;
      return { file, to: specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : specifier };
    });
  });

function offenders(from: RegExp, to: RegExp, except = /$^/): string[] {
  return imports
    .filter((one) => from.test(one.file) && to.test(one.to) && !except.test(one.file))
    .map((one) => `${one.file} imports ${one.to}`);
}

/** Every file that these import, and what those import in turn. */
function reachedFrom(from: RegExp): ReadonlySet<string> {
  const reached = new Set<string>();
  const following = imports.filter(({ file }) => from.test(file));
  for (const { to } of following) {
    if (reached.has(to)) continue;
    reached.add(to);
    following.push(...imports.filter(({ file }) => file === to));
  }
  return reached;
}

/** Tests, and what only tests use. */
const tests = /\.test\.ts$|\/test-[\w-]+\.ts$/;

describe('dependencies point one way', () => {
  it('reads the imports of the project', () => {
    expect(imports.length).toBeGreaterThan(300);
  });

  it('from the suite to the emulator’s public face, in targets, defects and what tests of others use only', () => {
    expect(
      offenders(
        /^conformance\//,
        /^emulator\//,
        /^conformance\/(targets|defects|testing)\/|\.test\.ts$|\/test-[\w-]+\.ts$/,
      ),
    ).toEqual([]);
    expect(
      offenders(/^conformance\/(targets|defects|testing)\//, /^emulator\/(?!(msw\/)?index\.ts)/),
    ).toEqual([]);
  });

  it('from clauses over the recorder, the preflight and scenarios to what runs them, to the bots, and to HTTP, never back', () => {
    const order = ['http', 'bots', 'run', 'scenarios', 'preflight', 'record', 'clauses'];
    for (const [n, folder] of order.slice(0, -1).entries()) {
      const higher = new RegExp(`^conformance/(${order.slice(n + 1).join('|')}|bot-commands)/`);
      expect(offenders(new RegExp(`^conformance/${folder}/`), higher, tests)).toEqual([]);
    }
  });

  it('never from the emulator or media to the suite, their tests included, not even over other files', () => {
    const reached = reachedFrom(/^(emulator|media)\//);
    expect(reached).toContain('scripts/find-chromium.ts');
    expect([...reached].filter((file) => file.startsWith('conformance/'))).toEqual([]);
    expect(offenders(/^(emulator|media)\//, /^conformance\//)).toEqual([]);
  });

  it('never from media to the emulator, tests included', () => {
    expect(offenders(/^media\//, /^emulator\//)).toEqual([]);
  });

  it('keeps rooms, configuration, profile and the mix free of I/O', () => {
    const pure = /^emulator\/(rooms|config)\/|^emulator\/profile\.ts$|^emulator\/audio\/minus-self\.ts$/;
    const io = /^node:(fs|net|http|https|dgram|child_process|tls|worker_threads)|^(fastify|werift|ws|pino)$/;
    expect(offenders(pure, io, tests)).toEqual([]);
  });

  it('lets sound know neither HTTP nor WebRTC nor rooms', () => {
    expect(
      offenders(/^emulator\/audio\//, /^emulator\/(http|webrtc|rooms|live)\/|^(werift|fastify)$/, tests),
    ).toEqual([]);
  });

  it('keeps werift inside the folder for WebRTC, on either side', () => {
    expect(offenders(/./, /^werift/, /^emulator\/webrtc\/|^conformance\/bots\/webrtc\//)).toEqual([]);
  });

  it('lets WebRTC know neither rooms nor HTTP', () => {
    expect(offenders(/^emulator\/webrtc\//, /^emulator\/(http|rooms|live|audio|config)\//, tests)).toEqual(
      [],
    );
  });

  it('lets the picture know neither HTTP nor WebRTC nor rooms', () => {
    expect(
      offenders(/^emulator\/video\//, /^emulator\/(http|webrtc|rooms|live)\/|^(werift|fastify)$/, tests),
    ).toEqual([]);
  });

  it('keeps the native video codecs behind media', () => {
    expect(offenders(/./, /^node-av/, /^media\/h264\//)).toEqual([]);
  });

  it('keeps the native Opus codec behind media', () => {
    expect(offenders(/./, /^@discordjs\/opus$/, /^media\/opus\.ts$|^bench\//)).toEqual([]);
  });
});
