import type { BotSession } from '../bots/bot-session.ts';
import type { BotAccount } from '../bots/process/messages.ts';
import type { Evidence, PacketsEvidence, Talk, TranscriptEvidence, TranscriptMessage } from '../report.ts';
import type { Witnessed, WitnessedCall } from './witnessed.ts';

/** Talks of bots that are shown of one clause: in a room all are agreed on alike. */
const maxTalks = 4;
/** Calls of the API that are shown of one clause. */
const maxCalls = 40;
const maxTracks = 64;
/** Of an answer of the API, what says how it is to be read, and what to do next. */
const answerHeaders = ['content-type', 'location', 'retry-after', 'www-authenticate'];
/** For what bots that are still there have to say: their process may hang. */
const accountTimeoutMs = 3000;

interface Account extends BotAccount {
  readonly session: BotSession;
  /** `alice`, `room track a3`. */
  readonly name: string;
}

/**
 * What a clause said to the server beside its own evidence, and what was counted of the packets.
 * @param own evidence of the clause: calls that stand there are not repeated
 * @param prefix of the run: names are shown without it
 */
export async function witnessedEvidence(
  witnessed: Witnessed,
  own: readonly Evidence[],
  prefix: string,
): Promise<Evidence[]> {
  const accounts = await accountsOf(witnessed.sessions, prefix);
  const calls = witnessed.calls.filter(({ call }) => !own.includes(call));
  return [
    ...packetsEvidence(accounts),
    ...transcript('Signalling', shownTalks(accounts), accounts.length),
    ...transcript('Calls of the API', calls.length > 0 ? [callsTalk(calls)] : [], 1),
  ];
}

async function accountsOf(sessions: readonly BotSession[], prefix: string): Promise<Account[]> {
  const asked = sessions.map(async (session): Promise<Account[]> => {
    const account = await withinTime(session.account());
    return account === undefined ? [] : [{ ...account, session, name: nameOf(session, prefix) }];
  });
  return (await Promise.all(asked)).flat();
}

async function withinTime<T>(work: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), accountTimeoutMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function nameOf({ url }: BotSession, prefix: string): string {
  const { pathname, searchParams } = new URL(url);
  const stream = pathname.split('/').slice(1, -1).map(decodeURIComponent).join('/');
  const track = searchParams.get('start_track');
  const name = prefix === '' ? stream : stream.replaceAll(prefix, '');
  return track === null ? name : `${name} track ${track}`;
}

/** Those that failed, the first publisher and the first player, and then others while there is room. */
function shownTalks(accounts: readonly Account[]): Talk[] {
  const said = accounts.filter(({ messages }) => messages.length > 0);
  const wanted = new Set([
    ...said.filter(({ session }) => session.failed),
    ...['publish', 'play'].flatMap((role) => said.find(({ session }) => session.role === role) ?? []),
    ...said,
  ]);
  const shown = [...wanted].slice(0, maxTalks);
  return said
    .filter((account) => shown.includes(account))
    .map(({ session, name, messages, leftOut }) => ({ label: `${session.role} ${name}`, messages, leftOut }));
}

function transcript(title: string, talks: readonly Talk[], held: number): TranscriptEvidence[] {
  return talks.length === 0 ? [] : [{ type: 'transcript', title, talks, leftOut: held - talks.length }];
}

function callsTalk(calls: readonly WitnessedCall[]): Talk {
  const shown = calls.slice(0, maxCalls);
  const startMs = Math.min(...shown.map(({ call, answeredMs }) => answeredMs - call.durationMs));
  const messages = shown.flatMap(({ call, answeredMs }): TranscriptMessage[] => {
    const { method, url, requestHeaders, requestBody, status, responseHeaders, responseBody, durationMs } =
      call;
    return [
      {
        atMs: tenths(answeredMs - durationMs - startMs),
        direction: 'sent',
        line: `${method} ${url}`,
        ...headersNamed(requestHeaders ?? {}, Object.keys(requestHeaders ?? {})),
        ...(requestBody !== undefined && { body: requestBody }),
      },
      {
        atMs: tenths(answeredMs - startMs),
        direction: 'received',
        line: String(status),
        ...headersNamed(responseHeaders, answerHeaders),
        ...(responseBody !== '' && { body: responseBody }),
      },
    ];
  });
  return { label: 'calls', messages, leftOut: 2 * (calls.length - shown.length) };
}

function headersNamed(
  headers: Readonly<Record<string, string>>,
  names: readonly string[],
): Pick<TranscriptMessage, 'headers'> {
  const shown = names.flatMap((name) =>
    headers[name] === undefined ? [] : [[name, headers[name]] as const],
  );
  return shown.length === 0 ? {} : { headers: Object.fromEntries(shown) };
}

function tenths(ms: number): number {
  return Math.round(ms * 10) / 10;
}

function packetsEvidence(accounts: readonly Account[]): PacketsEvidence[] {
  const tracks = accounts.flatMap(({ name, received, sent }) =>
    (['audio', 'video'] as const).map((kind) => ({
      track: `${kind === 'audio' ? 'sound' : 'picture'} of ${name}`,
      received: received[kind],
      sent: sent[kind],
    })),
  );
  const counted = tracks.filter(({ received, sent }) => received !== undefined || sent !== undefined);
  if (counted.length === 0) return [];
  const shown = counted.slice(0, maxTracks);
  return [
    {
      type: 'packets',
      title: 'Packets of each track',
      received: shown.flatMap(({ track, received }) =>
        received === undefined ? [] : [{ track, ...received }],
      ),
      sent: shown.flatMap(({ track, sent }) => (sent === undefined ? [] : [{ track, ...sent }])),
      leftOut: counted.length - shown.length,
    },
  ];
}
