import { bareTrack, listShapeOf, statOf, toldTracksOf, trackAnswerOf } from '../../http/answer-shapes.ts';
import { encodePath } from '../../http/api-client.ts';
import type { Exchange } from '../../http/exchange.ts';
import type { Findings } from '../findings.ts';
import { isSuccess, type Lab, requireSuccess } from '../lab.ts';
import { type Probe, ProbeError } from '../probe.ts';

/** Answers of the manager, and an empty room. */
export const managerProbe: Probe = {
  name: 'the manager’s answers and an empty room',
  fields: [
    'answers.addRoom',
    'answers.removeRoom',
    'answers.listRoom',
    'answers.stats',
    'rooms.addRoomDisablesVideo',
    'rooms.allTrackNumber',
    'rooms.allName',
    'answers.audioTrackPrefix',
  ],
  async run(lab, findings) {
    const { room, answer } = await lab.addRoom('empty');
    body(findings, 'answers.addRoom', answer);
    shape(findings, 'answers.listRoom', await lab.api.manager('list_room', []));
    const stats = await lab.api.manager('stats', []);
    shape(findings, 'answers.stats', stats);
    findings.observe('stats', 'what is told of each room', stats);
    allName(findings, await lab.api.room(room, 'stat', []));
    await emptyRoom(lab, findings, room);
    body(findings, 'answers.removeRoom', requireSuccess(await lab.removeRoom(room), 'remove_room'));
  },
};

function body(findings: Findings, path: string, answer: Exchange): void {
  if (answer.json !== undefined) findings.found(path, answer.json, answer);
  else findings.unknown(path, `the body is no JSON: ${answer.body.slice(0, 100) || 'nothing'}`);
}

function shape(findings: Findings, path: string, answer: Exchange): void {
  const seen = isSuccess(answer) ? listShapeOf(answer.json) : undefined;
  if (seen !== undefined) findings.found(path, seen, answer);
  else
    findings.unknown(path, `no shape that the profile knows: ${answer.status} ${answer.body.slice(0, 200)}`);
}

function allName(findings: Findings, answer: Exchange): void {
  const stat = statOf(answer.json);
  const [name, ...others] = stat?.clients ?? [];
  if (name !== undefined && others.length === 0) findings.found('rooms.allName', name, answer);
  else
    findings.unknown('rooms.allName', `stat of an empty room names ${stat?.clients.length ?? 'no'} clients`);
}

async function emptyRoom(lab: Lab, findings: Findings, room: string): Promise<void> {
  const answer = await lab.api.request(`/${encodePath(room)}/media_info.json`, { anonymous: true });
  findings.observe('media_info.json', 'of a room without members', answer);
  const tracks = isSuccess(answer) ? toldTracksOf(answer.json) : [];
  const [all, ...more] = tracks.filter(({ content }) => content === 'audio');
  const read = bareTrack(all?.trackId);
  if (all === undefined || more.length > 0 || read === undefined) {
    throw new ProbeError('media_info.json of an empty room does not tell one track of sound with an id');
  }
  findings.found('rooms.allTrackNumber', read.number, answer);
  if (read.prefix !== undefined) findings.found('answers.audioTrackPrefix', read.prefix, answer);
  findings.found(
    'rooms.addRoomDisablesVideo',
    tracks.every(({ content }) => content !== 'video'),
    answer,
  );
}

/** Members come and go: their numbers, and the answers of a room. */
export const membersProbe: Probe = {
  name: 'members and their tracks',
  fields: [
    'rooms.firstMemberTrackNumber',
    'rooms.reuseTrackNumbers',
    'rooms.countIncludesAll',
    'rooms.keepMembersOnSecondAddRoom',
    'answers.addStream',
    'answers.removeStream',
    'answers.mute',
  ],
  async run(lab, findings) {
    const { room } = await lab.addRoom('members');
    const call = (command: string, ...args: string[]) => lab.api.room(room, command, args);
    const first = await lab.addMember(room, 'member-1');
    const firstNumber = track(findings, 'answers.addStream', first.answer);
    findings.found('rooms.firstMemberTrackNumber', firstNumber, first.answer);
    const again = await call('add_stream', first.stream);
    const isSame = trackAnswerOf(again.json)?.number === firstNumber;
    findings.observe('add_stream twice', isSame ? 'the same track' : 'something else', first.answer, again);
    const second = await lab.addMember(room, 'member-2');
    requireSuccess(second.answer, 'add_stream');
    counted(findings, await call('stat'));

    const muted = await call('mute_video', second.stream);
    track(findings, 'answers.mute', await call('mute-audio', second.stream));
    findings.observe('mute_video', 'the answer', muted);
    const state = await call('mute-audio', second.stream, 'false');
    const taken = isSuccess(state) ? 'is taken' : 'is refused';
    findings.observe('mute with a second argument', `"false" ${taken}`, state);

    const removed = await lab.removeMember(room, first.stream);
    track(findings, 'answers.removeStream', removed);
    const third = await lab.addMember(room, 'member-3');
    const thirdNumber = requireTrack(third.answer);
    findings.found('rooms.reuseTrackNumbers', thirdNumber === firstNumber, removed, third.answer);
    await secondAddRoom(lab, findings, room);
  },
};

async function secondAddRoom(lab: Lab, findings: Findings, room: string): Promise<void> {
  const again = requireSuccess(await lab.api.manager('add_room', [room, '32', '48000', '960']), 'add_room');
  const answer = await lab.api.room(room, 'stat', []);
  const left = statOf(answer.json)?.clients.filter((name) => name.startsWith(lab.context.prefix)).length;
  if (left === undefined) throw new ProbeError(`stat is answered ${answer.status}`);
  findings.found('rooms.keepMembersOnSecondAddRoom', left > 0, again, answer);
}

function counted(findings: Findings, answer: Exchange): void {
  const stat = statOf(answer.json);
  const offBy = stat === undefined ? undefined : stat.clients.length - stat.count;
  if (offBy === 0 || offBy === 1) findings.found('rooms.countIncludesAll', offBy === 0, answer);
  else findings.unknown('rooms.countIncludesAll', `stat is answered ${answer.status} ${answer.body}`);
}

function track(findings: Findings, path: string, answer: Exchange): number {
  const number = requireTrack(answer);
  findings.found(path, trackAnswerOf(answer.json)!.shape, answer);
  return number;
}

function requireTrack(answer: Exchange): number {
  const read = trackAnswerOf(requireSuccess(answer, answer.evidence.requestBody ?? 'the call').json);
  if (read !== undefined) return read.number;
  throw new ProbeError(`no track in a shape that the profile knows: ${answer.body.slice(0, 200)}`);
}
