import { WebSocket } from 'ws';
import { encodePath } from '../http/api-client.ts';
import type { NoteEvidence } from '../report.ts';
import type { RunContext } from '../run/context.ts';

/** A frame of the server: its text, and the object in it where it is JSON. */
export interface SignallingFrame {
  readonly text: string;
  readonly json: Readonly<Record<string, unknown>> | undefined;
}

/** What came over a stream's WebSocket. */
export interface Conversation {
  readonly url: string;
  readonly frames: readonly SignallingFrame[];
  /** Why no more came: the status of a refused upgrade, a close code, an error; missing: enough had come. */
  readonly ended: string | undefined;
}

/** How a conversation is led. */
export interface ConversationOptions {
  /** Sent once, after the server's first frame. */
  readonly reply?: string;
  /** True: enough has come. */
  readonly isEnough: (frames: readonly SignallingFrame[]) => boolean;
}

const patienceMs = 5000;
const maxFrameBytes = 256 * 1024;
const maxFrames = 100;

/**
 * Talks to `/STREAM/webrtc` as clients until 22.x do, until enough has come or nothing does any more. It never
 * fails: what ended it is part of what it answers.
 */
export function converse(
  { target, signal }: RunContext,
  path: { readonly stream: string; readonly endpoint: 'webrtc' | 'webrtc/publish' },
  { reply, isEnough }: ConversationOptions,
): Promise<Conversation> {
  const url = `${target.url.replace(/^http/, 'ws')}/${encodePath(path.stream)}/${path.endpoint}`;
  const frames: SignallingFrame[] = [];
  return new Promise((resolve) => {
    const socket = new WebSocket(url, {
      rejectUnauthorized: !target.insecure,
      maxPayload: maxFrameBytes,
      followRedirects: true,
    });
    let isOver = false;
    const end = (ended?: string) => {
      isOver = true;
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
      socket.terminate();
      resolve({ url, frames, ended });
    };
    const stop = () => end('the run has ended');
    const timer = setTimeout(() => end(`nothing more within ${patienceMs / 1000} s`), patienceMs);
    signal.addEventListener('abort', stop, { once: true });
    socket.on('unexpected-response', (_request, { statusCode }) =>
      end(`the upgrade is refused: ${statusCode}`),
    );
    socket.on('error', (error) => end(error.message));
    socket.on('close', (code) => end(`closed with ${code}`));
    socket.on('message', (data, isBinary) => {
      // What had come already when enough was there.
      if (isOver) return;
      frames.push(isBinary ? { text: '(binary)', json: undefined } : frameOf(String(data)));
      if (frames.length === 1 && reply !== undefined) socket.send(reply, () => {});
      if (isEnough(frames)) end();
      else if (frames.length >= maxFrames) end(`${maxFrames} frames came`);
    });
  });
}

function frameOf(text: string): SignallingFrame {
  try {
    const json: unknown = JSON.parse(text);
    const isObject = typeof json === 'object' && json !== null && !Array.isArray(json);
    return { text, json: isObject ? (json as Record<string, unknown>) : undefined };
  } catch {
    return { text, json: undefined };
  }
}

const shownCharacters = 2000;

/** The frames, for the report. */
export function framesEvidence({ url, frames, ended }: Conversation): NoteEvidence {
  const lines = frames.map(({ text }) =>
    text.length > shownCharacters ? `${text.slice(0, shownCharacters)}…` : text,
  );
  const last = ended === undefined ? [] : [`(${ended})`];
  return { type: 'note', title: `Frames of ${url}`, text: [...lines, ...last].join('\n') };
}
