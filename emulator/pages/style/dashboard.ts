/** The dashboard: rooms, sessions, commands. */
export const dashboardStyle = `.dashboard .head { display: flex; flex-wrap: wrap; align-items: baseline; gap: .2rem 1rem; justify-content: space-between; margin-bottom: 1rem; }
.dashboard section { margin-bottom: 2rem; }
.rooms { display: grid; grid-template-columns: minmax(0, 1fr); gap: 1rem; }
.room { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; padding: .9rem 1rem; }
.room.with-picture { display: grid; grid-template-columns: minmax(11rem, 17rem) minmax(0, 1fr); gap: 1.1rem; align-items: start; }
.preview { width: 100%; height: auto; aspect-ratio: 16 / 9; border-radius: 6px; background: var(--stage); display: block; }
.room-head { display: flex; flex-wrap: wrap; align-items: baseline; gap: .1rem .7rem; }
.room-head .age { color: var(--soft); font-variant-numeric: tabular-nums; }
.room-head .links { margin-left: auto; display: inline-flex; gap: .9rem; }
.facts { color: var(--soft); font-size: .9rem; margin-bottom: .5rem; }
.members { border-collapse: separate; border-spacing: 0; }
.members th[scope=row] { width: 100%; font-weight: 500; }
.members th:first-child { position: sticky; left: 0; z-index: 1; background: var(--paper); }
.members .who { contain: inline-size; min-width: 7rem; display: flex; flex-wrap: wrap; align-items: baseline; column-gap: .5rem; }
.members .name { overflow: hidden; text-overflow: ellipsis; }
.members .note { font-weight: 400; color: var(--pressed); }
.members .meter { width: clamp(4.5rem, 6vw, 9rem); }
.members button { padding: .05rem .55rem; min-height: 1.75rem; font-size: .87rem; }
.members .listen { min-width: 2.8rem; color: var(--link); font-variant-numeric: tabular-nums; }
.members .listen::before { content: "▸ " / ""; }
.members .actions > div { display: flex; align-items: center; justify-content: flex-end; gap: .35rem; }
.members thead th:last-child { text-align: right; }
.members th:last-child, .members td:last-child { padding-right: 0; padding-left: 1.2rem; }
.members .number { min-width: 4.2rem; }
.members tbody:first-of-type th { color: var(--soft); font-weight: 400; }
.sessions { background: var(--paper); border: 1px solid var(--line); border-radius: 10px; border-collapse: separate; border-spacing: 0; }
.sessions th, .sessions td { padding: .35rem .7rem; }
.sessions thead th { padding-top: .5rem; }
.sessions td:nth-child(2) { max-width: 16rem; overflow: hidden; text-overflow: ellipsis; }
.command-fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .7rem; margin: .6rem 0 1rem; }
.commands { border: 1px solid var(--line); border-radius: 10px; background: var(--paper); overflow: hidden; }
.commands li { display: grid; grid-template-columns: 9.5rem minmax(0, 1fr) auto; gap: .15rem .9rem; align-items: center; padding: .55rem .8rem; border-top: 1px solid var(--line); }
.commands li:first-child { border-top: 0; }
.commands .run { grid-row: 1 / span 2; font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .9rem; color: var(--link); text-align: left; }
.commands .run:disabled { color: var(--soft); }
.commands .about { font-size: .9rem; color: var(--soft); grid-column: 2; }
.commands .curl { grid-column: 2; }
.commands li > button:last-child { grid-column: 3; grid-row: 1 / span 2; font-size: .87rem; padding: .1rem .6rem; min-height: 1.9rem; }
.curl { overflow-wrap: anywhere; white-space: pre-wrap; color: var(--ink); }
#answer-title { margin: 1rem 0 .4rem; }
.answer { background: var(--sunken); border-radius: 8px; padding: .7rem .9rem; display: grid; gap: .4rem; min-height: 3rem; }
.answer .curl { color: var(--soft); }
.listening { position: sticky; bottom: .6rem; z-index: 2; display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; background: var(--paper); border: 1px solid var(--line-strong); border-radius: 10px; padding: .5rem .9rem; box-shadow: 0 4px 16px #0003; }
.listening p { flex: 1 1 12rem; overflow-wrap: anywhere; }
.listening .meter { flex: 0 1 9rem; }
@media (max-width: 74rem) {
  .room.with-picture { grid-template-columns: minmax(0, 1fr); }
  .preview { max-width: 30rem; }
}
@media (max-width: 52rem) {
  .commands li { grid-template-columns: minmax(0, 1fr) auto; }
  .commands .run { grid-row: auto; justify-self: start; }
  .commands .about, .commands .curl { grid-column: 1 / -1; }
  .commands li > button:last-child { grid-column: 2; grid-row: 1; }
}
`;
