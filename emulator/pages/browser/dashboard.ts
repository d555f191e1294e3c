import type { PageLevels, PageState } from '../common/page-state.ts';
import { DashboardCommands } from './dashboard-commands.ts';
import { DashboardRooms } from './dashboard-rooms.ts';
import { DashboardSessions } from './dashboard-sessions.ts';
import { byId, setText, showText } from './dom.ts';
import { Listening } from './listening.ts';
import { followUpdates } from './updates.ts';

const status = byId('status', HTMLElement);
const listening = new Listening();
const commands = new DashboardCommands();
const rooms = new DashboardRooms(byId('rooms', HTMLElement), {
  run: (command) => void commands.run(command),
  listen: (room, trackId, whatIsHeard) => listening.start(room, trackId, whatIsHeard),
});
const sessions = new DashboardSessions(byId('sessions', HTMLElement));
let shown: PageState | undefined;

followUpdates('/ui/api/events', {
  onState: showState,
  onLevels: showLevels,
  onBroken: () => setText(status, 'The server cannot be reached; trying again…'),
  onRefused: () => setText(status, 'The server lets no more pages in: load this one again later.'),
});

function showState(state: PageState): void {
  shown = state;
  setText(status, `Streamer ${state.version}`);
  rooms.update(state.rooms, state.nowMs);
  sessions.update(state.sessions, state.nowMs);
  byId('no-rooms', HTMLElement).hidden = state.roomCount > 0;
  byId('no-sessions', HTMLElement).hidden = state.sessionCount > 0;
  byId('sessions-scroll', HTMLElement).hidden = state.sessionCount === 0;
  showText(byId('more-rooms', HTMLElement), rest(state.roomCount - state.rooms.length, 'rooms'));
  showText(byId('more-sessions', HTMLElement), rest(state.sessionCount - state.sessions.length, 'sessions'));
  commands.setNeedsAuth(state.needsEditAuth);
  const members = state.rooms.flatMap((room) => room.members.map(({ stream }) => stream));
  commands.suggest(
    state.rooms.map(({ name }) => name),
    [...new Set([...members, ...state.published])].sort(),
  );
}

function showLevels(levels: PageLevels): void {
  rooms.showLevels(levels, shown?.rooms ?? []);
  sessions.showLevels(levels);
  listening.showLevel((room, trackId) => {
    const tracks = levels.find(({ name }) => name === room)?.tracks ?? [];
    return tracks.find(([id]) => id === trackId)?.[1];
  });
}

function rest(count: number, what: string): string | undefined {
  return count > 0 ? `${count} more ${what} are not shown.` : undefined;
}
