import { type Clause, judge, notApplicable, type Outcome } from '../run/clause.ts';
import type { RunContext, Scenario } from '../run/context.ts';
import { answeredLines, publisherOffer } from '../scenarios/player-answer.ts';
import {
  type Conversation,
  converse,
  framesEvidence,
  type SignallingFrame,
} from '../scenarios/signalling.ts';
import { SuiteRoom } from '../scenarios/suite-room.ts';

const source = 'official clients 20.x and 22.x, over WebSocket';

const isOffer = ({ json }: SignallingFrame) => json?.type === 'offer';
const isAnswer = ({ json }: SignallingFrame) => json?.type === 'answer';

/** A candidate as browsers take it: `{candidate, sdpMid, sdpMLineIndex}` below `candidate`. */
function isCandidate({ json }: SignallingFrame): boolean {
  const candidate = json?.candidate as { candidate?: unknown; sdpMid?: unknown } | null | undefined;
  return json?.type === 'candidate' && typeof candidate?.candidate === 'string';
}

/** What a player hears first: the server offers. */
const playing: Scenario<Conversation> = {
  name: 'a player over WebSocket',
  play: (context) =>
    SuiteRoom.use(context, 'ws-play', ({ name }) =>
      converse(context, { stream: name, endpoint: 'webrtc' }, { isEnough: (frames) => frames.some(isOffer) }),
    ),
};

/** What a publisher hears: after the first frame it offers, as 20.x does, and the server answers. */
const publishing: Scenario<Conversation> = {
  name: 'a publisher over WebSocket',
  play: (context) =>
    SuiteRoom.use(context, 'ws-publish', async (room) => {
      const { stream } = await room.add('alice');
      return converse(
        context,
        { stream, endpoint: 'webrtc/publish' },
        {
          reply: JSON.stringify({ type: 'offer', sdp: publisherOffer }),
          isEnough: (frames) => frames.some(isAnswer) && frames.some(isCandidate),
        },
      );
    }),
};

function signallingClause(
  description: Omit<Clause, 'run' | 'level' | 'source' | 'needs'>,
  scenario: Scenario<Conversation>,
  verdict: (conversation: Conversation) => Outcome,
): Clause {
  return {
    ...description,
    level: 'client-required',
    source,
    needs: ['websocket'],
    async run(context: RunContext) {
      const conversation = await context.use(scenario);
      const { frames, ended } = conversation;
      const evidence = [framesEvidence(conversation)];
      // A newer server need not serve the clients of that time; the emulator promises to.
      if (frames.length === 0 && context.target.bars === undefined) {
        return notApplicable(`no frame comes over WebSocket: ${ended}`, evidence);
      }
      return { ...verdict(conversation), evidence };
    },
  };
}

function firstFrameClause(
  id: 'play.websocket.config' | 'publish.websocket.config',
  title: string,
  scenario: Scenario<Conversation>,
): Clause {
  return signallingClause(
    {
      id,
      title,
      requirement: 'The first frame that the server sends holds an object config, which may be empty.',
      statements: ['client.websocket.config'],
    },
    scenario,
    ({ frames, ended }) => {
      const config = frames[0]?.json?.config;
      const isObject = typeof config === 'object' && config !== null && !Array.isArray(config);
      return judge(isObject, {
        expected: 'a first frame like {"config":{}}',
        actual: frames[0]?.text.slice(0, 200) ?? `no frame: ${ended}`,
      });
    },
  );
}

function typesOf({ frames, ended }: Conversation): string {
  const types = frames.map(({ json }) => String(json?.type ?? (json?.config ? 'config' : 'something else')));
  return [...types, ...(ended === undefined ? [] : [ended])].join(', ').slice(0, 500);
}

/** How the clients until 22.x publish. */
export const publishSignallingClauses: readonly Clause[] = [
  firstFrameClause('publish.websocket.config', 'a publisher over WebSocket is told config first', publishing),
  signallingClause(
    {
      id: 'publish.websocket.answer',
      title: 'a publisher’s offer over WebSocket is answered, with a candidate',
      requirement:
        'A frame with an offer is followed by one with an answer that takes the sound, and by at least one with a candidate.',
      statements: ['client.websocket.answer'],
    },
    publishing,
    (conversation) => {
      const { frames } = conversation;
      const answer = frames.find(isAnswer)?.json?.sdp;
      const lines = answer === undefined ? 'no answer' : answeredLines(String(answer));
      const holds = /^audio (recvonly|sendrecv),/.test(lines) && frames.some(isCandidate);
      return judge(holds, {
        expected: 'config, an answer with audio recvonly, and a candidate',
        actual: `${lines}; frames: ${typesOf(conversation)}`,
      });
    },
  ),
];

/** How the clients until 22.x play. */
export const playSignallingClauses: readonly Clause[] = [
  firstFrameClause('play.websocket.config', 'a player over WebSocket is told config first', playing),
  signallingClause(
    {
      id: 'play.websocket.offer',
      title: 'a player over WebSocket is offered the room',
      requirement: 'Without being asked the server sends a frame with an offer of Opus that it will send.',
      statements: ['client.websocket.offer'],
    },
    playing,
    (conversation) => {
      const sdp = String(conversation.frames.find(isOffer)?.json?.sdp ?? '');
      const audio = sdp.split(/^(?=m=)/m).find((section) => section.startsWith('m=audio')) ?? '';
      const isOpus = /^a=rtpmap:\d+ opus\/48000\/2\s*$/im.test(audio);
      const direction = /^a=(sendonly|sendrecv|recvonly|inactive)\s*$/m.exec(audio)?.[1] ?? 'sendrecv';
      const found = audio === '' ? 'no offer of sound' : `${isOpus ? 'Opus' : 'no Opus'}, ${direction}`;
      return judge(isOpus && direction.startsWith('send'), {
        expected: 'config, and an offer of Opus, sendonly',
        actual: `${found}; frames: ${typesOf(conversation)}`,
      });
    },
  ),
];
