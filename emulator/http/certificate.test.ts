import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSecureContext } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultCertificateFile, loadCertificate } from './certificate.ts';

const dayMs = 86_400_000;
let folder = '';
let file = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certificate-'));
  file = join(folder, 'state', 'mosaic2', 'certificate.pem');
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

describe('loadCertificate', () => {
  it('makes a certificate for this machine', async () => {
    const { key, cert } = await loadCertificate({ file });
    const parsed = new X509Certificate(cert);
    expect(parsed.checkHost('localhost')).toBe('localhost');
    expect(parsed.checkIP('127.0.0.1')).toBe('127.0.0.1');
    expect(parsed.checkIP('::1')).toBeDefined();
    expect(parsed.ca).toBe(false);
    expect(Date.parse(parsed.validFrom)).toBeLessThan(Date.now());
    expect(Date.parse(parsed.validTo)).toBeGreaterThan(Date.now() + 800 * dayMs);
    expect(() => createSecureContext({ key, cert })).not.toThrow();
  });

  it('keeps it, for the eyes of its user only', async () => {
    const first = await loadCertificate({ file });
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await loadCertificate({ file })).cert.trim()).toBe(first.cert.trim());
  });

  it('makes a new one shortly before it runs out', async () => {
    const first = await loadCertificate({ file });
    const lastDay = await loadCertificate({ file, nowMs: Date.now() + 818 * dayMs });
    expect(lastDay.cert.trim()).toBe(first.cert.trim());
    const renewed = await loadCertificate({ file, nowMs: Date.now() + 820 * dayMs });
    expect(renewed.cert.trim()).not.toBe(first.cert.trim());
  });

  it.each([
    ['is empty', () => ''],
    ['holds rubbish', () => 'rubbish'],
    ['is cut', (text: string) => text.slice(0, -100)],
    ['has no key', (text: string) => text.slice(text.indexOf('-----BEGIN CERT'))],
  ])('makes a new one where the file %s', async (_what, damage) => {
    await loadCertificate({ file });
    await writeFile(file, damage(await readFile(file, 'utf8')));
    const { key, cert } = await loadCertificate({ file });
    expect(() => createSecureContext({ key, cert })).not.toThrow();
    expect(await readFile(file, 'utf8')).toContain(cert.trim());
  });

  it('makes a new one where key and certificate do not belong together', async () => {
    const first = await loadCertificate({ file });
    await rm(file);
    const second = await loadCertificate({ file });
    await writeFile(file, first.key + second.cert);
    const third = await loadCertificate({ file });
    expect(third.cert.trim()).not.toBe(second.cert.trim());
    expect(() => createSecureContext(third)).not.toThrow();
  });

  it('does without the file where it cannot be written, and says so', async () => {
    await writeFile(join(folder, 'plain-file'), '');
    const problems: string[] = [];
    const blocked = join(folder, 'plain-file', 'certificate.pem');
    const made = await loadCertificate({ file: blocked, onProblem: (message) => problems.push(message) });
    expect(() => createSecureContext(made)).not.toThrow();
    expect(problems).toEqual([expect.stringContaining('cannot be kept')]);
  });
});

describe('defaultCertificateFile', () => {
  it('follows XDG_STATE_HOME', () => {
    vi.stubEnv('XDG_STATE_HOME', '/state');
    expect(defaultCertificateFile()).toBe('/state/mosaic2/certificate.pem');
    vi.stubEnv('XDG_STATE_HOME', '');
    expect(defaultCertificateFile()).toMatch(/\.local\/state\/mosaic2\/certificate\.pem$/);
  });
});
