import { htmlDocument } from './document.ts';

/** Rooms, sessions and the documented commands. */
export const dashboardPage = htmlDocument({
  title: 'Dashboard – mosaic2',
  script: 'dashboard',
  kind: 'dashboard',
  current: 'dashboard',
  main: `<div class="head"><h1>Dashboard</h1><p id="status" class="status" role="status" aria-live="polite">Connecting…</p></div>

<section aria-labelledby="rooms-title">
<h2 id="rooms-title">Rooms</h2>
<p id="no-rooms" class="empty" hidden>There is no room yet. Make one with <code>add_room</code> below, or <a href="/ui/chat">in the chat</a>.</p>
<div id="rooms" class="rooms"></div>
<p id="more-rooms" class="hint" hidden></p>
</section>

<section aria-labelledby="sessions-title">
<h2 id="sessions-title">Sessions</h2>
<p id="no-sessions" class="empty" hidden>Nobody publishes or plays.</p>
<div class="scroll" tabindex="0" role="region" aria-labelledby="sessions-title" id="sessions-scroll" hidden>
<table class="sessions"><thead><tr><th scope="col">Kind</th><th scope="col">Stream</th><th scope="col">Tracks</th><th scope="col">From</th><th scope="col" class="number">Time</th><th scope="col" class="number">kbit/s</th><th scope="col" class="number">Packets</th><th scope="col" class="number">Lost</th><th scope="col" class="number">Jitter</th><th scope="col" class="number">Round trip</th><th scope="col" class="number">Buffer</th></tr></thead><tbody id="sessions"></tbody></table>
</div>
<p id="more-sessions" class="hint" hidden></p>
</section>

<section aria-labelledby="commands-title">
<h2 id="commands-title">Commands</h2>
<p class="hint" id="auth-hint" hidden>Commands need the user and the password of <code>edit_auth</code>: the browser asks for them at the first one. In the lines, put them in the place of <code>USER:PASSWORD</code>.</p>
<form id="fields" class="command-fields" autocomplete="off">
<div class="field"><label for="room">Room</label><input id="room" list="room-names" spellcheck="false"></div>
<div class="field"><label for="stream">Stream</label><input id="stream" list="stream-names" spellcheck="false"></div>
<div class="field"><label for="bitrate">Bit rate, kbit/s</label><input id="bitrate" inputmode="numeric" placeholder="64"></div>
<div class="field"><label for="samplerate">Sample rate, Hz</label><input id="samplerate" inputmode="numeric" placeholder="48000"></div>
<div class="field"><label for="samples">Samples</label><input id="samples" inputmode="numeric" placeholder="960"></div>
<datalist id="room-names"></datalist><datalist id="stream-names"></datalist>
</form>
<ul id="commands" class="commands"></ul>
<h3 id="answer-title">Last answer</h3>
<div id="answer" class="answer" role="log" aria-live="polite" aria-labelledby="answer-title"><p class="hint">Nothing was sent yet.</p></div>
</section>

<div id="listening" class="listening" role="region" aria-label="Listening" hidden>
<p id="listening-text" role="status"></p><div id="listening-level"></div>
<audio id="sound" autoplay></audio>
<button id="stop-listening">Stop</button>
</div>`,
});
