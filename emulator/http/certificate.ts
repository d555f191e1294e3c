import { X509Certificate } from 'node:crypto';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { homedir, networkInterfaces } from 'node:os';
import { dirname, join } from 'node:path';
import { createSecureContext } from 'node:tls';

/** Both in PEM. */
export interface Certificate {
  readonly key: string;
  readonly cert: string;
}

export interface CertificateOptions {
  /** File with key and certificate; default: in the user's state folder. */
  readonly file?: string;
  /** Default: now. */
  readonly nowMs?: number;
  /** Told, as a sentence, that the certificate could not be kept. */
  readonly onProblem?: (message: string) => void;
}

const dayMs = 86_400_000;
/** Apple's clients refuse server certificates that are valid for more than 825 days. */
const validDays = 820;

/**
 * A self-signed certificate for `localhost` and this machine's addresses. It is made once and kept, so that a
 * browser has to accept it once; a new one is made when it has run out or cannot be read. Where it cannot be
 * kept, it lives in memory only.
 */
export async function loadCertificate(options: CertificateOptions = {}): Promise<Certificate> {
  const file = options.file ?? defaultCertificateFile();
  const nowMs = options.nowMs ?? Date.now();
  const kept = await readCertificate(file, nowMs);
  if (kept !== undefined) return kept;

  const made = await makeCertificate(nowMs);
  try {
    await keep(file, made);
  } catch (error) {
    options.onProblem?.(`The certificate cannot be kept in ${file}: ${(error as Error).message}.`);
  }
  return made;
}

/** `$XDG_STATE_HOME/mosaic2/certificate.pem`, by default below `~/.local/state` (XDG Base Directory). */
export function defaultCertificateFile(): string {
  const stateFolder = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  return join(stateFolder, 'mosaic2', 'certificate.pem');
}

async function readCertificate(file: string, nowMs: number): Promise<Certificate | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    const key = pemBlock(text, 'PRIVATE KEY');
    const cert = pemBlock(text, 'CERTIFICATE');
    if (Date.parse(new X509Certificate(cert).validTo) < nowMs + dayMs) return undefined;
    // Throws where the two do not belong together.
    createSecureContext({ key, cert });
    return { key, cert };
  } catch {
    return undefined;
  }
}

function pemBlock(text: string, label: string): string {
  return new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----\n?`).exec(text)?.[0] ?? '';
}

/** Written beside the file and moved, so that two programs that start at once never see half of it. */
async function keep(file: string, { key, cert }: Certificate): Promise<void> {
  await mkdir(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${process.pid}`;
  await rm(draft, { force: true });
  const handle = await open(draft, 'wx', 0o600);
  try {
    await handle.writeFile(`${key.trim()}\n${cert.trim()}\n`);
  } finally {
    await handle.close();
  }
  await rename(draft, file);
}

async function makeCertificate(nowMs: number): Promise<Certificate> {
  // Slow to load, and needed once.
  const { generate } = await import('selfsigned');
  const addresses = Object.values(networkInterfaces()).flatMap(
    (list) => list?.map(({ address }) => address) ?? [],
  );
  const unique = [...new Set(['127.0.0.1', '::1', ...addresses])].filter((address) => !address.includes('%'));
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'localhost' }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // An hour back, for machines whose clocks differ a little.
    notBeforeDate: new Date(nowMs - 3_600_000),
    notAfterDate: new Date(nowMs + validDays * dayMs),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [{ type: 2, value: 'localhost' }, ...unique.map((ip) => ({ type: 7 as const, ip }))],
      },
    ],
  });
  return { key, cert };
}
