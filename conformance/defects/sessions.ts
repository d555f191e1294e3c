import { defaultProfile, type EmulatorParts, straightToListeners } from '../../emulator/index.ts';
import type { Defects } from './defect.ts';
import { answering, changingAnswers, pathOf } from './http-changes.ts';

const offers = { method: 'POST', path: /\/whi?e?p$/ };
const sessionPath = /\/whi?e?p\/[^/]+$/;

/** DELETE is answered as it should be, and the session goes on. */
function deletedGoesOn(path: RegExp): EmulatorParts {
  const deleted = new Set<string>();
  return answering('DELETE', path, (session, reply) => {
    if (deleted.has(session)) return reply.code(404).send('there is no such session');
    deleted.add(session);
    return reply.code(200).send();
  });
}

/** Whoever publishes keeps its stream: nobody else is taken. */
function firstPublisherWins(): EmulatorParts {
  const published = new Set<string>();
  return answering('POST', /\/whip$/, (path, reply) => {
    if (published.has(path)) return reply.code(409).send('somebody publishes this stream already');
    published.add(path);
    return undefined;
  });
}

/** The frame after a change of tracks counts for longer than it lasts. */
function jumpingAtChange(samplesAt48k: number): EmulatorParts {
  let isChanged = false;
  return {
    ...answering('PUT', /\/request_tracks$/, () => {
      isChanged = true;
      return undefined;
    }),
    live: {
      ...straightToListeners,
      deliverAudio: (send) => (frame) => {
        send(isChanged ? { ...frame, samplesAt48k: frame.samplesAt48k + samplesAt48k } : frame);
        isChanged = false;
      },
    },
  };
}

/** Calls are read as calls of something else. */
function rerouting(method: string, path: RegExp, to: (url: string) => string): EmulatorParts {
  return {
    extendHttp: (app) =>
      void app.addHook('onRequest', async ({ method: called, raw }) => {
        if (called === method && path.test(raw.url!)) raw.url = to(raw.url!);
      }),
  };
}

/** Whoever plays a stream that does not exist gets the room of the documentation's snippet. */
const playsAnything: EmulatorParts = {
  extendHttp: (app) =>
    void app.addHook('onRequest', async ({ method, raw }) => {
      const path = pathOf(raw.url!);
      if (method !== 'POST' || !path.endsWith('/whep')) return;
      const { statusCode } = await app.inject(path.replace(/whep$/, 'media_info.json'));
      if (statusCode === 404) raw.url = '/ROOM_NAME/whep';
    }),
};

/** Mistakes in how clients publish and play. */
export const sessionDefects = {
  'form-bodies-refused': {
    description: 'commands are taken as application/json only, and curl sends them as a form',
    parts: {
      extendHttp: (app) =>
        void app.addHook('onRequest', async ({ bodyType, url }, reply) =>
          bodyType.includes('form') && url.includes('/dynamic_mosaic')
            ? reply.code(415).send('application/json is wanted')
            : undefined,
        ),
    },
    caughtBy: ['api.add-room', 'api.list-room'],
    untouched: ['config.video-off'],
  },
  'made-streams-without-input': {
    description: 'the v3 API shows streams, those that add_stream made among them, without an input',
    parts: changingAnswers({
      method: 'GET',
      path: /^\/streamer\/api\/v3\/streams/,
      body: (text) => text.replace(/"inputs":\[[^\]]*\]/g, '"inputs":[]'),
    }),
    caughtBy: ['api.add-stream.in-configuration'],
    untouched: ['api.add-stream', 'api.add-stream.creates-stream'],
  },
  'made-streams-unknown': {
    description: 'a stream that add_stream made can be published, and the v3 API does not know it',
    parts: answering('GET', /^\/streamer\/api\/v3\/streams\/./, (_path, reply) =>
      reply.code(404).send({ error: 'not_found' }),
    ),
    caughtBy: ['api.add-stream.in-configuration'],
    untouched: ['api.add-stream', 'api.add-stream.creates-stream'],
  },
  'add-stream-makes-no-stream': {
    description: 'only streams of the configuration may be published, not those that add_stream made',
    parts: answering('POST', /\/whip$/, (_path, reply) => reply.code(404).send('no such stream')),
    caughtBy: ['api.add-stream.creates-stream'],
    untouched: ['api.add-stream'],
  },
  'newer-publisher-refused': {
    description: 'while a stream is published, nobody else may publish it: not even the same one, come back',
    parts: firstPublisherWins(),
    caughtBy: ['publish.newer-wins'],
    untouched: ['publish.session-id'],
  },
  'h264-refused': {
    description: 'publishers may send their sound only: the picture’s line is refused',
    parts: changingAnswers({
      method: 'POST',
      path: /\/whip$/,
      body: (sdp) => sdp.replace(/^m=video \d+/m, 'm=video 0'),
    }),
    caughtBy: ['publish.codecs'],
    untouched: ['publish.answer'],
  },
  'no-session-id': {
    description: 'answers to WHIP and WHEP have no X-Sid',
    parts: changingAnswers({ ...offers, change: (reply) => reply.removeHeader('x-sid') }),
    caughtBy: ['publish.session-id', 'play.session-id'],
    untouched: ['publish.newer-wins', 'play.all-by-default'],
  },
  'no-session-address': {
    description: 'answers to WHIP and WHEP have no Location',
    parts: changingAnswers({ ...offers, change: (reply) => reply.removeHeader('location') }),
    caughtBy: ['publish.answer', 'play.answer'],
    untouched: ['play.media-info'],
  },
  'answer-of-another-type': {
    description: 'answers to WHIP and WHEP are text/plain',
    parts: changingAnswers({ ...offers, change: (reply) => reply.header('content-type', 'text/plain') }),
    caughtBy: ['publish.answer', 'play.answer'],
    untouched: ['publish.delete', 'play.delete'],
  },
  'delete-does-nothing': {
    description: 'DELETE of a session is answered 200, and the session goes on',
    parts: answering('DELETE', sessionPath, (_path, reply) => reply.code(200).send()),
    caughtBy: ['publish.delete', 'play.delete', 'publish.delete.not-heard', 'play.delete.media-ends'],
    untouched: ['publish.answer', 'play.answer', 'play.websocket.media-ends'],
  },
  'deleted-publisher-still-heard': {
    description: 'DELETE of a publisher’s session is answered as it should be, and it is heard all the same',
    parts: deletedGoesOn(/\/whip\/[^/]+$/),
    caughtBy: ['publish.delete.not-heard'],
    untouched: ['publish.delete', 'play.delete.media-ends', 'publish.vanished'],
  },
  'deleted-player-still-sent-to': {
    description: 'DELETE of a player’s session is answered as it should be, and media goes on to it',
    parts: deletedGoesOn(/\/whep\/[^/]+$/),
    caughtBy: ['play.delete.media-ends'],
    untouched: ['play.delete', 'publish.delete.not-heard', 'play.websocket.media-ends'],
  },
  'vanished-publisher-stays': {
    description: 'the session of a publisher of whom nothing comes any more never ends',
    profile: {
      ...defaultProfile,
      sessions: { ...defaultProfile.sessions, silenceTimeoutMs: 3_600_000, lostTimeoutMs: 3_600_000 },
    },
    caughtBy: ['publish.vanished'],
    untouched: ['publish.delete.not-heard', 'publish.newer-wins'],
  },
  'no-cross-origin-headers': {
    description: 'answers lack the headers that let pages of other origins read them',
    parts: changingAnswers({
      change: (reply) => {
        reply.removeHeader('access-control-allow-origin').removeHeader('access-control-expose-headers');
      },
    }),
    caughtBy: ['play.cross-origin'],
    untouched: ['play.answer', 'play.media-info'],
  },
  'session-id-not-exposed': {
    description: 'pages of other origins may read the answers, and not their X-Sid',
    parts: changingAnswers({ change: (reply) => reply.removeHeader('access-control-expose-headers') }),
    caughtBy: ['play.cross-origin'],
    untouched: ['play.session-id'],
  },
  'media-info-without-tracks': {
    description: 'media_info.json is an object without tracks',
    parts: changingAnswers({ path: /media_info\.json$/, body: () => '{}' }),
    caughtBy: ['play.media-info', 'config.video-off'],
    untouched: ['play.answer'],
  },
  'track-change-passed-over': {
    description: 'request_tracks is answered 200, and the tracks stay',
    parts: answering('PUT', /\/request_tracks$/, (_path, reply) =>
      reply.header('content-type', 'application/json').send('{"tracks":[]}'),
    ),
    caughtBy: ['play.change-tracks'],
    untouched: ['play.all-by-default', 'play.change-tracks.continuous'],
  },
  'clock-jumps-at-track-change': {
    description: 'RTP timestamps of sound jump by a second when a listener changes tracks',
    parts: jumpingAtChange(48_000),
    caughtBy: ['play.change-tracks.continuous'],
    untouched: ['play.change-tracks', 'play.all-by-default'],
  },
  'silence-by-default': {
    description: 'who asks for no track gets one that nobody has, instead of all',
    parts: rerouting('POST', /\/whep$/, (url) => `${url}?start_track=a99`),
    caughtBy: ['play.all-by-default'],
    untouched: ['play.change-tracks', 'play.session-id'],
  },
  'unknown-stream-played': {
    description: 'who plays a stream that does not exist gets another one',
    parts: playsAnything,
    caughtBy: ['play.unknown-stream'],
    untouched: ['play.answer'],
  },
  'answered-as-vp8': {
    description: 'a player’s video line is answered as VP8',
    parts: changingAnswers({
      method: 'POST',
      path: /\/whep$/,
      body: (sdp) => sdp.replaceAll('H264/90000', 'VP8/90000'),
    }),
    caughtBy: ['video.h264'],
    untouched: ['video.canvas.constant'],
  },
} as const satisfies Defects;
