import { createHash, X509Certificate } from 'node:crypto';
import { CipherContext, HashAlgorithm, NamedCurveAlgorithm, SignatureAlgorithm } from 'werift';

/** The key and certificate that DTLS shows; self-signed, vouched for by the fingerprint in SDP (RFC 8122). */
export interface DtlsCertificate {
  readonly certPem: string;
  readonly keyPem: string;
  /** SHA-256 of the certificate, `AB:CD:…`. */
  readonly fingerprint: string;
}

let shared: Promise<DtlsCertificate> | undefined;

/** The certificate of this process: making one takes some milliseconds, so all sessions share it. */
export function sharedCertificate(): Promise<DtlsCertificate> {
  shared ??= makeCertificate();
  return shared;
}

/** SHA-256 with ECDSA: what DTLS signs with. */
export const signatureHash = { hash: HashAlgorithm.sha256_4, signature: SignatureAlgorithm.ecdsa_3 };

async function makeCertificate(): Promise<DtlsCertificate> {
  const curve = NamedCurveAlgorithm.secp256r1_23;
  const { certPem, keyPem } = await CipherContext.createSelfSignedCertificateWithKey(signatureHash, curve);
  const digest = createHash('sha256').update(new X509Certificate(certPem).raw).digest('hex').toUpperCase();
  return { certPem, keyPem, fingerprint: digest.match(/../g)?.join(':') ?? '' };
}
