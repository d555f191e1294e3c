import { htmlDocument } from './document.ts';

/** In the place of the chat, for who has not the pair of `edit_auth`. */
export const refusedPage = htmlDocument({
  title: 'Chat – mosaic2',
  kind: 'refused',
  current: 'chat',
  main: `<h1>The chat needs another password</h1>
<p>Who takes part in a chat adds a stream to a room, which changes something on the server. That needs the user
and the password of <code>edit_auth</code>; those of <code>view_auth</code> are enough for the dashboard only.</p>
<p><a class="button" href="/ui/chat">Try again</a></p>`,
});
