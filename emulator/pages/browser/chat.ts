import { ChatEntrance } from './chat-entrance.ts';
import { ChatRoom } from './chat-room.ts';
import { byId, setText, showText } from './dom.ts';

const roomView = byId('room-view', HTMLElement);
const title = byId('title', HTMLElement);
const problem = byId('problem', HTMLElement);

const entrance = new ChatEntrance(async (wish) => {
  const room = new ChatRoom(wish, (reason) => {
    for (const track of wish.media.getTracks()) track.stop();
    roomView.hidden = true;
    setText(title, 'Join a room');
    setText(byId('status', HTMLElement), reason === undefined ? 'You have left the room.' : '');
    showText(problem, reason);
    entrance.show();
  });
  setText(byId('status', HTMLElement), 'Joining…');
  await room.join();
  entrance.hide();
  roomView.hidden = false;
  byId('main', HTMLElement).focus({ preventScroll: true });
  window.scrollTo(0, 0);
});
// A page that is gone back to was left before: it begins anew.
window.addEventListener('pageshow', ({ persisted }) => {
  if (persisted) location.reload();
});
entrance.show();
