import { defaultCommandTable, defaultProfile, type Profile, parseConfig } from '../../emulator/index.ts';
import type { Defects } from './defect.ts';
import { changingAnswers } from './http-changes.ts';

/** Other statuses of errors. */
function withStatus(status: Partial<Profile['errors']['status']>): Profile {
  const { errors } = defaultProfile;
  return { ...defaultProfile, errors: { ...errors, status: { ...errors.status, ...status } } };
}

const { add_room: addRoom } = defaultCommandTable.manager;

/** Mistakes where something must not work. */
export const errorDefects = {
  'unknown-room-answered-200': {
    description: 'a call on a room that does not exist is answered 200, with the error in the body',
    profile: withStatus({ 'unknown-room': 200 }),
    caughtBy: ['errors.unknown-room'],
    untouched: ['errors.unknown-command', 'errors.bad-json'],
  },
  'unknown-command-answered-200': {
    description: 'an unknown command is answered 200, with the error in the body',
    profile: withStatus({ 'unknown-command': 200 }),
    caughtBy: ['errors.unknown-command'],
    untouched: ['errors.unknown-room'],
  },
  'bad-json-answered-500': {
    description: 'a body that is no JSON is answered 500, as a fault of the server',
    profile: withStatus({ 'malformed-json': 500 }),
    caughtBy: ['errors.bad-json'],
    untouched: ['errors.unknown-command', 'errors.missing-arguments'],
  },
  'missing-arguments-answered-500': {
    description: 'a command without its arguments is answered 500',
    profile: withStatus({ 'wrong-arity': 500 }),
    caughtBy: ['errors.missing-arguments'],
    untouched: ['errors.bad-json'],
  },
  'opus-parameters-unchecked': {
    description: 'add_room makes a room of any Opus parameters, with defaults where Opus has no such ones',
    parts: {
      commands: {
        ...defaultCommandTable,
        manager: {
          ...defaultCommandTable.manager,
          add_room: {
            ...addRoom!,
            run(context, args) {
              try {
                return addRoom!.run(context, args);
              } catch {
                return addRoom!.run(context, args.slice(0, 1));
              }
            },
          },
        },
      },
    },
    caughtBy: ['errors.unusable-opus-parameters'],
    untouched: ['api.add-room', 'errors.missing-arguments'],
  },
  'credentials-not-asked-for': {
    description: 'edit_auth is passed over: the API is open to everybody',
    parts: { parseConfig: (text, name) => parseConfig(text.replace(/^edit_auth .*$/m, ''), name) },
    caughtBy: ['errors.missing-credentials', 'errors.wrong-credentials'],
    untouched: ['api.add-room'],
  },
  'password-not-compared': {
    description: 'the user is looked at, and the password is not',
    parts: {
      extendHttp: (app) =>
        void app.addHook('onRequest', async ({ headers }) => {
          const [, token = ''] = (headers.authorization ?? '').split(' ');
          const [user] = Buffer.from(token, 'base64').toString().split(':');
          if (user === 'user') headers.authorization = `Basic ${btoa('user:pass')}`;
        }),
    },
    caughtBy: ['errors.wrong-credentials'],
    untouched: ['errors.missing-credentials'],
  },
  'refused-without-a-challenge': {
    description: '401 comes without WWW-Authenticate',
    parts: changingAnswers({ change: (reply) => reply.removeHeader('www-authenticate') }),
    caughtBy: ['errors.challenge'],
    untouched: ['errors.missing-credentials', 'errors.wrong-credentials'],
  },
  'garbage-offer-answered-500': {
    description: 'an offer that is no SDP is answered 500, as a fault of the server',
    parts: changingAnswers({
      method: 'POST',
      path: /\/whip$/,
      change: (reply) => reply.statusCode === 400 && reply.code(500),
    }),
    caughtBy: ['errors.publish-garbage'],
    untouched: ['publish.answer'],
  },
} as const satisfies Defects;
