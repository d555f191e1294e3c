import { createHash, X509Certificate } from 'node:crypto';
import { CipherContext, HashAlgorithm, NamedCurveAlgorithm, SignatureAlgorithm } from 'werift';
import type { Fingerprint } from './sdp-checks.ts';

/** The key and certificate that DTLS shows; self-signed, vouched for by the fingerprint in SDP (RFC 8122). */
export interface DtlsCertificate {
  readonly certPem: string;
  readonly keyPem: string;
  /** SHA-256 of the certificate, `AB:CD:…`. */
  readonly fingerprint: string;
}

/** The certificates of this process: making one takes some milliseconds, so sessions share them. */
const certificates: (Promise<DtlsCertificate> | undefined)[] = [undefined, undefined];

/** By the fingerprint of a client: which certificate it was shown last. */
const shownLast = new Map<string, number>();
const maxRemembered = 1000;

/**
 * The certificate for a new session. A client that offers again, as it does when ICE has failed, would keep the
 * DTLS association that it has as long as it meets the same certificate (RFC 8842 §5.5), and the new session knows
 * nothing of it: so it is shown another one each time.
 *
 * @param client the fingerprints in its offer; empty where it has not spoken yet
 */
export function certificateFor(client: readonly Fingerprint[]): Promise<DtlsCertificate> {
  const key = client[0]?.hex;
  const index = key !== undefined && shownLast.get(key) === 0 ? 1 : 0;
  if (key !== undefined) remember(key, index);
  const certificate = certificates[index] ?? makeCertificate();
  certificates[index] = certificate;
  return certificate;
}

/** SHA-256 with ECDSA: what DTLS signs with. */
export const signatureHash = { hash: HashAlgorithm.sha256_4, signature: SignatureAlgorithm.ecdsa_3 };

function remember(client: string, index: number): void {
  shownLast.delete(client);
  shownLast.set(client, index);
  const [oldest] = shownLast.keys();
  if (shownLast.size > maxRemembered && oldest !== undefined) shownLast.delete(oldest);
}

async function makeCertificate(): Promise<DtlsCertificate> {
  const curve = NamedCurveAlgorithm.secp256r1_23;
  const { certPem, keyPem } = await CipherContext.createSelfSignedCertificateWithKey(signatureHash, curve);
  const digest = createHash('sha256').update(new X509Certificate(certPem).raw).digest('hex').toUpperCase();
  return { certPem, keyPem, fingerprint: digest.match(/../g)?.join(':') ?? '' };
}
