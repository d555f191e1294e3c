import { statOf } from '../../http/answer-shapes.ts';
import { literalRoom, managerPath } from '../../http/api-client.ts';
import type { Exchange } from '../../http/exchange.ts';
import { roomNamesOf } from '../../http/room-names.ts';
import { isSuccess, type Lab } from '../lab.ts';
import type { Probe } from '../probe.ts';

/** Calls that cannot be carried out, by the kind of error that they are. */
const mistakes: Readonly<Record<string, (lab: Lab, room: string) => Promise<Exchange>>> = {
  'unknown-room': (lab) => lab.api.roomAt(lab.nameOf('nowhere'), 'stat', []),
  'unknown-stream': (lab, room) => lab.api.room(room, 'remove_stream', [lab.nameOf('nobody')]),
  'unknown-path': (lab) => lab.api.request(`/flussonic/api/${lab.nameOf('nothing')}`),
  'unknown-command': (lab) => lab.api.manager('paint_room', ['x']),
  'malformed-json': (lab) => lab.api.request(managerPath, { method: 'POST', body: '{"command" : "list' }),
  'wrong-arity': (lab) => lab.api.manager('add_room', []),
  'bad-value': (lab) => {
    const room = lab.nameOf('unusable');
    // Where the server takes it after all, it is not left behind.
    lab.context.leftovers.addRoom(room);
    return lab.api.manager('add_room', [room, '64', '44100', '882']);
  },
  'wrong-method': (lab) => lab.api.request(managerPath),
};

/** Status codes of errors. */
export const errorsProbe: Probe = {
  name: 'calls that cannot be carried out',
  fields: Object.keys(mistakes).map((kind) => `errors.status.${kind}`),
  async run(lab, findings) {
    const { room } = await lab.addRoom('errors');
    for (const [kind, make] of Object.entries(mistakes)) {
      const answer = await make(lab, room);
      const path = `errors.status.${kind}`;
      if (isSuccess(answer) && !saysError(answer)) {
        findings.unknown(path, `such a call is carried out, or answered as if it were: ${answer.status}`);
      } else findings.found(path, answer.status, answer);
    }
  },
};

/** A server may refuse with a status of success, and say so in the body. */
function saysError({ json }: Exchange): boolean {
  return typeof json === 'object' && json !== null && 'error' in json;
}

/** Who may not call. */
export const credentialsProbe: Probe = {
  name: 'a call without credentials',
  fields: ['errors.status.unauthorized', 'errors.realm'],
  async run(lab, findings) {
    const list = (anonymous: boolean) =>
      lab.api.request(managerPath, { method: 'POST', body: '{"command":"list_room","args":[]}', anonymous });
    const [answer, allowed] = [await list(true), await list(false)];
    if (answer.status === allowed.status && answer.body === allowed.body) {
      for (const path of this.fields) findings.unknown(path, 'the server asks for no credentials');
      return;
    }
    findings.found('errors.status.unauthorized', answer.status, answer);
    const challenge = answer.evidence.responseHeaders['www-authenticate'] ?? '';
    const realm = /^Basic realm="([^"]+)"/i.exec(challenge)?.[1];
    if (realm === undefined) findings.unknown('errors.realm', 'there is no Basic challenge with a realm');
    else findings.found('errors.realm', realm, answer, `WWW-Authenticate: ${challenge}`);
  },
};

/** The name that stands in the documented path of a room. */
const documentedName = literalRoom;

/** What can be told of a path with that name only. */
const literalFields = ['rooms.literalRoomName', 'errors.status.ambiguous-room'];

/** What `…/dynamic_mosaic/room` means where there are several rooms, and none of that name. */
export const literalRoomProbe: Probe = {
  name: 'the documented path of a room',
  fields: ['rooms.namesInPath', ...literalFields],
  async run(lab, findings) {
    const { room } = await lab.addRoom('one', { alone: false });
    await lab.addRoom('two', { alone: false });
    const named = await lab.api.roomAt(room, 'stat', []);
    if (lab.context.reading === 'only-room') findings.found('rooms.namesInPath', false, named);
    else if (isSuccess(named) && statOf(named.json) !== undefined)
      findings.found('rooms.namesInPath', true, named);
    else findings.unknown('rooms.namesInPath', `stat of a room is answered ${named.status}`);
    const names = roomNamesOf((await lab.api.manager('list_room', [])).json);
    if (names === undefined || names.includes(documentedName)) {
      const why = names === undefined ? 'list_room cannot be read' : 'the server has a room of that name';
      for (const path of literalFields) findings.unknown(path, why);
      return;
    }
    const stranger = lab.nameOf('nowhere');
    const unknown = await lab.api.roomAt(stranger, 'stat', []);
    const answer = await lab.api.roomAt(documentedName, 'stat', []);
    const asStranger = unknown.body.replaceAll(stranger, documentedName);
    if (answer.status === unknown.status && answer.body === asStranger) {
      findings.observe('the path …/room', 'a name like any other', unknown, answer);
      findings.unknown(
        'rooms.literalRoomName',
        'room is a name like any other; which one is special cannot be asked',
      );
      findings.unknown('errors.status.ambiguous-room', 'no path that could mean several rooms is known');
    } else if (isSuccess(answer)) {
      findings.observe('the path …/room', 'one of several rooms answers', answer);
      for (const path of literalFields)
        findings.unknown(path, 'one of several rooms answers, which the profile does not know');
    } else {
      findings.observe('the path …/room', 'not a name like any other', unknown, answer);
      findings.found('rooms.literalRoomName', documentedName, unknown, answer);
      findings.found('errors.status.ambiguous-room', answer.status, answer);
    }
  },
};
