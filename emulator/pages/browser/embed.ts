import { streamOfPlayerPath } from '../common/names.ts';
import { byId, setText, showText } from './dom.ts';
import type { LinkState } from './media-link.ts';
import { play } from './play.ts';

const video = byId('player', HTMLVideoElement);
const status = byId('status', HTMLElement);
const unmute = byId('unmute', HTMLButtonElement);
const pause = byId('pause', HTMLButtonElement);
const soundOnly = byId('sound-only', HTMLElement);

const stream = streamOfPlayerPath(location.pathname);
const query = new URLSearchParams(location.search);
const protocol = query.get('proto') ?? 'webrtc';
let isSoundAllowed = false;
/** As the server spells it everywhere else. */
const tracks =
  query.get('tracks') ??
  query.get('filter.tracks') ??
  query.get('filter')?.replace(/^tracks:/, '') ??
  query.get('start_track') ??
  '';

if (stream === undefined) setText(status, 'The address of this page names no stream.');
else if (protocol !== 'webrtc') setText(status, `This player knows WebRTC only, not proto=${protocol}.`);
else start(stream);

function start(name: string): void {
  document.title = `${name} – mosaic2`;
  setText(byId('title', HTMLElement), name);
  video.setAttribute('aria-label', `Stream ${name}`);
  // A choice without a picture is for listeners.
  const wantsPicture = tracks === '' || tracks === 'auto' || tracks.includes('v');
  const link = play({
    stream: name,
    tracks: () => tracks,
    video: () => wantsPicture,
    // The stream may come, and the server may be started anew; a choice that cannot be read stays so.
    isFinal: (code) => code === 400,
    onMedia: (media) => {
      video.srcObject = media;
      void begin();
    },
    onState: (state) => show(name, state),
  });
  video.addEventListener('resize', () => showSoundOnly(name));
  video.addEventListener('loadedmetadata', () => showSoundOnly(name));
  const letSoundIn = () => {
    isSoundAllowed = true;
    video.muted = false;
    if (video.srcObject !== null && !video.paused) void begin();
    showControls();
  };
  // Without a device for sound there is nothing to let in.
  soundAllowed().then(letSoundIn, () => {});
  unmute.addEventListener('click', letSoundIn);
  pause.addEventListener('click', () => {
    if (video.paused) void begin();
    else video.pause();
  });
  for (const event of ['play', 'pause', 'volumechange']) video.addEventListener(event, showControls);
  window.addEventListener('pagehide', () => link.stop());
  window.addEventListener('pageshow', ({ persisted }) => {
    if (persisted) location.reload();
  });
  link.start();
}

/**
 * Begins without sound, which browsers always let; the sound comes as soon as it may. Whether it may is asked
 * of an audio context, since an element whose sound has not come yet is let play, and then is not heard.
 */
async function begin(): Promise<void> {
  if (!isSoundAllowed) video.muted = true;
  await video.play().catch(() => {});
  showControls();
}

/** Resolves when sound may begin: at once, after the user has done something, or never. */
async function soundAllowed(): Promise<void> {
  const context = new AudioContext();
  await context.resume();
  await context.close();
}

function showControls(): void {
  unmute.hidden = !video.muted || video.srcObject === null;
  pause.hidden = video.srcObject === null;
  setText(pause, video.paused ? 'Play' : 'Pause');
}

function showSoundOnly(name: string): void {
  showText(soundOnly, video.videoWidth === 0 ? `${name} – sound only` : undefined);
}

function show(name: string, state: LinkState): void {
  document.body.dataset.state = state.kind;
  switch (state.kind) {
    case 'connecting':
      setText(status, 'Connecting…');
      break;
    case 'connected':
      setText(status, tracks === '' ? name : `${name}, tracks ${tracks}`);
      break;
    case 'waiting':
      setText(status, `${state.problem} Trying again in ${Math.ceil(state.delayMs / 1000)} s.`);
      break;
    case 'refused':
      setText(status, state.problem);
      break;
  }
}
