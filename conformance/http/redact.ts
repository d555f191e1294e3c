import type { Target } from '../targets/target.ts';

/** A password at least this long does not stand in an answer by chance, so it is taken out wherever it stands. */
const tellingCharacters = 8;

/** Takes user and password out of the URLs in a text. */
export function redactUrls(text: string): string {
  return text.replace(/\b(https?|wss?):\/\/[^\s/?#"<>]*@/gi, '$1://USER:PASSWORD@');
}

/**
 * A function that takes a target's credentials out of a text: in URLs, in Basic authorization (also of other
 * pairs: clauses try wrong ones that are close to the right one), and where a server repeats them.
 */
export function redactor({ user, password }: Target['credentials']): (text: string) => string {
  const pair = `${user}:${password}`;
  const secrets = [
    pair,
    `${encodeURIComponent(user)}:${encodeURIComponent(password)}`,
    Buffer.from(pair).toString('base64'),
    ...(password.length < tellingCharacters ? [] : [password, encodeURIComponent(password)]),
  ];
  const known = password === '' ? [] : [...new Set(secrets)];
  return (text) => {
    let shown = redactUrls(text).replace(/\bBasic ([\w+/-]{2,}=*)/gi, (words, encoded: string) =>
      // `Basic realm=…` is no secret.
      Buffer.from(encoded, 'base64').includes(':') ? 'Basic REDACTED' : words,
    );
    for (const secret of known) shown = shown.replaceAll(secret, 'REDACTED');
    return shown;
  };
}

/** Copies plain data with every text in it redacted; keys stay. */
export function redactDeep<T>(value: T, redact: (text: string) => string): T {
  return redacted(value, redact) as T;
}

function redacted(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) {
    // Series of samples are long, and hold no text.
    return typeof value[0] === 'number' ? value : value.map((one) => redacted(one, redact));
  }
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, redacted(one, redact)]));
}
