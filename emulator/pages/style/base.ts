/** Colours in light and dark, type, controls, meters: what all pages share. Contrast is at least 4.5 to 1. */
export const baseStyle = `:root {
  color-scheme: light dark;
  --ground: #f4f6f8; --paper: #fff; --sunken: #eceff3; --ink: #171b21; --soft: #4d5663;
  --line: #dde1e7; --line-strong: #7d8796; --link: #0b57a4; --focus: #1464c8;
  --accent: #0b57a4; --on-accent: #fff; --good: #13713f; --bad: #b3211b; --bad-ground: #fdf0ee;
  --pressed: #7a3d00; --pressed-ground: #fdf0dc;
  --meter: #2f8f5b; --meter-hot: #c2571a; --stage: #0d1116; --on-stage: #d5dbe3;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12151a; --paper: #191d24; --sunken: #222831; --ink: #e6e9ee; --soft: #a9b2bf;
    --line: #2b313b; --line-strong: #6b7686; --link: #7ab8f5; --focus: #7ab8f5;
    --accent: #7ab8f5; --on-accent: #0b1825; --good: #63cf94; --bad: #ff8a80; --bad-ground: #2c1b1c;
    --pressed: #f0b849; --pressed-ground: #33270f;
    --meter: #4fb981; --meter-hot: #f0903e; --stage: #090b0e;
  }
}
* { box-sizing: border-box; }
[hidden] { display: none !important; }
html { font: 15px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", Arial, sans-serif; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--ground); color: var(--ink); min-height: 100vh; }
h1, h2, h3, p, ul, fieldset, legend { margin: 0; padding: 0; border: 0; }
h1 { font-size: 1.5rem; line-height: 1.25; font-weight: 650; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; font-weight: 650; margin-bottom: .6rem; }
h3 { font-size: 1rem; font-weight: 650; overflow-wrap: anywhere; }
ul { list-style: none; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: .87rem; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; border-radius: 4px; }
main:focus { outline: none; }
main { max-width: 80rem; margin: 0 auto; padding: 1.25rem clamp(.8rem, 3vw, 2rem) 3rem; }
.skip { position: absolute; left: -999rem; }
.skip:focus { left: 1rem; top: .5rem; z-index: 9; background: var(--paper); padding: .4rem .8rem; }
.for-readers { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.top { display: flex; align-items: center; gap: 1.5rem; padding: .55rem clamp(.8rem, 3vw, 2rem); background: var(--paper); border-bottom: 1px solid var(--line); }
.brand { display: inline-flex; align-items: center; gap: .5rem; font-weight: 650; letter-spacing: .01em; }
.brand svg { width: 1.25rem; height: 1.25rem; fill: var(--line-strong); }
.brand .on { fill: var(--meter); }
.top nav { display: flex; gap: .25rem; }
.top nav a { padding: .3rem .7rem; border-radius: 6px; color: var(--soft); text-decoration: none; font-weight: 500; }
.top nav a:hover { color: var(--ink); }
.top nav a[aria-current] { background: var(--sunken); color: var(--ink); }
.hint, .status, .note, .empty { color: var(--soft); }
.hint, .note { font-size: .9rem; }
.notice { padding: .55rem .8rem; border-radius: 6px; border: 1px solid currentColor; margin: .8rem 0; overflow-wrap: anywhere; }
.bad { color: var(--bad); } .notice.bad { background: var(--bad-ground); } .good { color: var(--good); }
button, .button { font: inherit; font-weight: 500; color: var(--ink); background: var(--paper); border: 1px solid var(--line-strong); border-radius: 6px; padding: .35rem .8rem; min-height: 2.2rem; cursor: pointer; text-decoration: none; }
button:hover:not(:disabled), .button:hover { border-color: var(--ink); }
button:disabled { color: var(--soft); border-color: var(--line); cursor: not-allowed; }
button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); }
button.danger { color: var(--bad); border-color: currentColor; }
button[aria-pressed=true] { background: var(--pressed-ground); border-color: currentColor; color: var(--pressed); }
input, select { font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--line-strong); border-radius: 6px; padding: .35rem .6rem; min-height: 2.3rem; width: 100%; min-width: 0; }
input[type=checkbox] { width: 1.05rem; height: 1.05rem; min-height: 0; accent-color: var(--accent); margin: 0; }
input::placeholder { color: var(--soft); opacity: 1; }
.field label { display: block; font-size: .9rem; font-weight: 500; margin-bottom: .2rem; }
details summary { cursor: pointer; color: var(--soft); }
.meter { position: relative; height: .55rem; min-width: 4.5rem; border-radius: 3px; background: var(--sunken); box-shadow: inset 0 0 0 1px var(--line); overflow: hidden; }
.meter i { position: absolute; inset: 0; background: var(--meter); transform-origin: left; transform: scaleX(0); transition: transform .1s linear; }
.meter.hot i { background: var(--meter-hot); }
.meter.off { opacity: .55; }
video { display: block; background: var(--stage); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; font-weight: 400; padding: .35rem .6rem .35rem 0; border-top: 1px solid var(--line); vertical-align: middle; white-space: nowrap; }
thead th { border-top: 0; color: var(--soft); font-size: .85rem; padding-top: 0; }
.number { text-align: right; font-variant-numeric: tabular-nums; }
@media (prefers-reduced-motion: reduce) { .meter i { transition: none; } }
@media (forced-colors: active) { .meter { border: 1px solid; } .meter i { background: Highlight; forced-color-adjust: none; } }
`;
