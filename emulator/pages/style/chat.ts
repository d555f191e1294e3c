/** The chat: its entrance and its room. */
export const chatStyle = `.chat .status { min-height: 1.5em; }
.entrance { display: grid; grid-template-columns: minmax(0, 1.2fr) minmax(0, 1fr); gap: 1.5rem; margin-top: .8rem; max-width: 60rem; }
.entrance .fields { display: grid; gap: .9rem; align-content: start; }
.entrance .fields .hint { margin-top: -.6rem; }
.entrance .self { display: grid; gap: .8rem; align-content: start; }
.entrance details .field { margin-top: .5rem; }
.stage { position: relative; aspect-ratio: 16 / 9; border-radius: 10px; overflow: hidden; background: var(--stage); color: var(--on-stage); }
.stage video { width: 100%; height: 100%; object-fit: cover; transform: scaleX(-1); }
.stage-text { position: absolute; inset: 0; display: grid; place-items: center; text-align: center; padding: 1rem; color: var(--on-stage); pointer-events: none; }
.level { display: grid; grid-template-columns: auto 1fr; gap: .8rem; align-items: center; font-size: .9rem; color: var(--soft); }
.switches { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; }
.switches legend { font-size: .9rem; font-weight: 500; margin-bottom: .3rem; }
.switches label { display: inline-flex; align-items: center; gap: .45rem; min-height: 1.8rem; }
#join { justify-self: start; padding-inline: 1.6rem; }
.room-view { display: grid; grid-template-columns: minmax(0, 1fr) 19rem; grid-template-rows: auto auto 1fr; gap: .9rem 1.2rem; margin-top: .6rem; }
.picture { position: relative; border-radius: 10px; overflow: hidden; background: var(--stage); color: var(--on-stage); aspect-ratio: 16 / 9; }
.picture > video { width: 100%; height: 100%; object-fit: contain; }
.without-picture .picture { aspect-ratio: auto; min-height: 11rem; }
.without-picture .picture > video { position: absolute; opacity: 0; pointer-events: none; }
.sound-only { position: absolute; inset: 0; display: grid; place-items: center; text-align: center; }
.self-view { height: 3.4rem; aspect-ratio: 16 / 9; border-radius: 6px; overflow: hidden; }
.self-view video { width: 100%; height: 100%; object-fit: cover; transform: scaleX(-1); }
.over { position: absolute; left: 50%; top: 50%; transform: translate(-50%, -50%); }
.controls { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem; grid-column: 1; }
.controls #microphone[aria-pressed=true], .controls #camera[aria-pressed=true] { background: var(--paper); color: var(--ink); border-color: var(--line-strong); }
.controls #microphone[aria-pressed=false]:not(:disabled), .controls #camera[aria-pressed=false]:not(:disabled) { background: var(--pressed-ground); color: var(--pressed); border-color: currentColor; }
.controls #leave { margin-left: auto; }
.people { grid-column: 2; grid-row: 1 / span 3; align-self: start; max-height: max(20rem, 100vh - 9.5rem); overflow-y: auto; }
.person { background: var(--paper); border: 1px solid var(--line); border-radius: 8px; padding: .6rem .75rem; margin-bottom: .5rem; display: grid; gap: .45rem; }
.person .line { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .5rem; }
.person .name { font-weight: 600; overflow-wrap: anywhere; min-width: 0; display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }
.person .tag { font-size: .8rem; color: var(--soft); border: 1px solid var(--line-strong); border-radius: 4px; padding: 0 .35rem; }
.person .note { margin-left: auto; color: var(--pressed); }
.person .mutes { display: flex; align-items: center; gap: .4rem; }
.person .mutes .hint { margin-right: auto; font-size: .85rem; }
.person .mutes button { padding: .1rem .6rem; min-height: 1.8rem; font-size: .87rem; }
@media (max-width: 52rem) {
  .entrance { grid-template-columns: minmax(0, 1fr); }
  .room-view { grid-template-columns: minmax(0, 1fr); grid-template-rows: auto; }
  .people { grid-column: 1; grid-row: auto; max-height: none; }
}
`;
