import { htmlDocument } from './document.ts';

/** The player of one stream, for a tab or a frame of its own. */
export const embedPage = htmlDocument({
  title: 'Player – mosaic2',
  script: 'embed',
  kind: 'embed',
  main: `<h1 id="title" class="for-readers">Player</h1>
<video id="player" playsinline autoplay></video>
<p id="sound-only" class="stage-text" hidden></p>
<div class="bar">
<button id="unmute" class="primary" hidden>Unmute</button>
<button id="pause" hidden>Pause</button>
<p id="status" class="status" role="status" aria-live="polite">Connecting…</p>
</div>`,
});
