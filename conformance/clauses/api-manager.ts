import { mentions } from '../http/mentions.ts';
import type { Clause } from '../run/clause.ts';
import { judge, observed } from '../run/clause.ts';
import type { RunContext } from '../run/context.ts';
import { replay } from '../scenarios/documented-call.ts';
import { answerText, isSuccess } from '../scenarios/text.ts';

const source = 'Configuration and usage, step 2';

/** Makes a room by the documented call, for a clause about something else. */
async function makeRoom(context: RunContext, label: string): Promise<string> {
  const room = context.prefix + label;
  context.leftovers.addRoom(room);
  await replay(context, 'manager.add-room', { room });
  return room;
}

/** The calls on the manager: rooms are made, listed, counted and removed. */
export const managerClauses: readonly Clause[] = [
  {
    id: 'api.add-room',
    title: 'add_room makes a room',
    level: 'documented',
    source,
    requirement: 'A POST of add_room with a name makes a chat room of that name.',
    statements: ['page.manager.add-room', 'page.manager.call', 'page.manager.credentials'],
    needs: ['curl'],
    async run(context) {
      const room = `${context.prefix}api-add`;
      context.leftovers.addRoom(room);
      const added = await replay(context, 'manager.add-room', { room });
      const listed = await replay(context, 'manager.list-room');
      return judge(isSuccess(added) && mentions(listed, room), {
        expected: `success, and ${room} among the rooms`,
        actual: `${answerText(added)}; list_room: ${answerText(listed)}`,
        evidence: [added.evidence, listed.evidence],
      });
    },
  },
  {
    id: 'api.add-room.opus-parameters',
    title: 'add_room takes bitrate, samplerate and samples',
    level: 'documented',
    source,
    requirement: 'add_room with three more arguments, all strings, makes a room with these Opus parameters.',
    statements: ['page.manager.add-room.opus'],
    needs: ['curl'],
    async run(context) {
      const room = `${context.prefix}api-add-opus`;
      context.leftovers.addRoom(room);
      const added = await replay(context, 'manager.add-room-with-opus', { room });
      const listed = await replay(context, 'manager.list-room');
      return judge(isSuccess(added) && mentions(listed, room), {
        expected: `success, and ${room} among the rooms`,
        actual: `${answerText(added)}; list_room: ${answerText(listed)}`,
        evidence: [added.evidence, listed.evidence],
      });
    },
  },
  {
    id: 'api.list-room',
    title: 'list_room names the rooms',
    level: 'documented',
    source,
    requirement: 'list_room answers with the rooms there are.',
    statements: ['page.manager.list-room'],
    needs: ['curl'],
    async run(context) {
      const room = await makeRoom(context, 'api-list');
      const listed = await replay(context, 'manager.list-room');
      return judge(isSuccess(listed) && mentions(listed, room), {
        expected: `success, and ${room} among the rooms, in whatever shape`,
        actual: answerText(listed),
        evidence: [listed.evidence],
      });
    },
  },
  {
    id: 'api.stats',
    title: 'stats answers for the rooms',
    level: 'documented',
    source,
    requirement: 'stats of the manager answers with statistics as JSON; what they hold is not said.',
    statements: ['page.manager.stats'],
    needs: ['curl'],
    async run(context) {
      const room = await makeRoom(context, 'api-stats');
      const stats = await replay(context, 'manager.stats');
      if (!isSuccess(stats) || stats.json === undefined) {
        return judge(false, {
          expected: 'success, with a JSON body',
          actual: answerText(stats),
          evidence: [stats.evidence],
        });
      }
      const mentioned = mentions(stats, room);
      return observed(`JSON that ${mentioned ? 'names' : 'does not name'} the room: ${answerText(stats)}`, [
        stats.evidence,
      ]);
    },
  },
  {
    id: 'api.remove-room',
    title: 'remove_room removes a room',
    level: 'documented',
    source,
    requirement: 'After remove_room the room is not among the rooms any more.',
    statements: ['page.manager.remove-room'],
    needs: ['curl'],
    async run(context) {
      const room = await makeRoom(context, 'api-remove');
      const removed = await replay(context, 'manager.remove-room', { room });
      const listed = await replay(context, 'manager.list-room');
      if (isSuccess(removed)) context.leftovers.removedRoom(room);
      return judge(isSuccess(removed) && !mentions(listed, room), {
        expected: `success, and ${room} not among the rooms`,
        actual: `${answerText(removed)}; list_room: ${answerText(listed)}`,
        evidence: [removed.evidence, listed.evidence],
      });
    },
  },
  {
    id: 'api.path-without-slash',
    title: 'the manager is also reached without the slash at the end',
    level: 'undocumented',
    source: 'Configuration and usage, step 2, gives the path with a slash only',
    requirement: 'What the manager’s path answers without its last slash.',
    statements: ['page.manager.call'],
    needs: [],
    async run(context) {
      const answer = await context.api.request('/flussonic/api/dynamic_mosaic', {
        method: 'POST',
        body: '{"command":"list_room","args":[]}',
      });
      return observed(answerText(answer), [answer.evidence]);
    },
  },
];
