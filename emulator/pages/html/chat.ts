import { htmlDocument } from './document.ts';

/** The chat: the entrance first, then the room. */
export const chatPage = htmlDocument({
  title: 'Chat – mosaic2',
  script: 'chat',
  kind: 'chat',
  current: 'chat',
  main: `<h1 id="title">Join a room</h1>
<p id="status" class="status" role="status" aria-live="polite"></p>
<p id="problem" class="notice bad" role="alert" hidden></p>

<form id="entrance" class="entrance" autocomplete="off" hidden>
<div class="self">
<div class="stage"><video id="preview" muted playsinline autoplay aria-label="Your own picture"></video>
<p id="preview-text" class="stage-text"></p></div>
<div class="level"><span id="self-level-name">Your microphone</span><div id="self-level"></div></div>
<p id="devices" class="hint" role="status"></p>
<fieldset id="switches" class="switches"><legend>Take part with</legend>
<label><input type="checkbox" id="use-microphone" checked> Microphone</label>
<label><input type="checkbox" id="use-camera" checked> Camera</label>
<label><input type="checkbox" id="use-processing" checked> Echo and noise suppression</label>
</fieldset>
</div>
<div class="fields">
<div class="field"><label for="room">Room</label><select id="room"></select></div>
<div class="field" id="new-room-field" hidden><label for="new-room">Name of the new room</label><input id="new-room" maxlength="255" spellcheck="false"></div>
<div class="field"><label for="name">Your name</label><input id="name" maxlength="255" required spellcheck="false"
 aria-describedby="name-hint"></div>
<p id="name-hint" class="hint">It is the name of the stream that you publish, too.</p>
<details><summary>Password of the stream</summary>
<div class="field"><label for="password">Only where the server’s configuration has one</label><input id="password" type="password" autocomplete="off"></div></details>
<button class="primary" id="join">Join</button>
</div>
</form>

<div id="room-view" class="room-view" hidden>
<section class="picture" aria-label="The room’s picture">
<video id="grid" playsinline autoplay aria-label="Everybody in the room"></video>
<div id="sound-only" class="sound-only" hidden><p>This room has sound only.</p></div>
<button id="play-sound" class="primary over" hidden>Play the sound</button>
</section>
<div class="controls" role="group" aria-label="You">
<div class="self-view"><video id="self" muted playsinline autoplay aria-label="Your own picture"></video></div>
<button id="microphone" aria-pressed="true"></button>
<button id="camera" aria-pressed="true"></button>
<button id="again" hidden>Connect again</button>
<button id="leave" class="danger">Leave</button>
</div>
<section class="people" aria-labelledby="people-title">
<h2 id="people-title">In the room</h2>
<ul id="people"></ul>
<p id="track" class="hint"></p>
</section>
</div>`,
});
