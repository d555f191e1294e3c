import { gainScaleCss } from './gain-scale.ts';
import { evidenceStyle } from './style-evidence.ts';
import { layoutStyle } from './style-layout.ts';

const light = `--ground:#f6f7f9;--paper:#fff;--sunken:#f1f3f6;--ink:#171b21;--soft:#4d5663;--line:#dde1e7;--line-strong:#b9c0cb;
--link:#0b57a4;--focus:#1464c8;--pass:#13713f;--fail:#b3211b;--observed:#3d4fb8;--known:#84408f;--na:#5c6572;--error:#8a5a00;
--fail-ground:#fdf0ee;--error-ground:#fdf6e7;--pass-bar:#3f9c69;--fail-bar:#cf3f37;--observed-bar:#7d8bdc;--known-bar:#b678c0;--na-bar:#b4bbc6;--error-bar:#d99a1c;
--plot:#0b6ea8;--plot-soft:#0b6ea822;--shadow:0 1px 2px #10182814;--json-key:#0b57a4;--json-text:#13713f;--json-literal:#8f3a84`;

const dark = `--ground:#12151a;--paper:#191d24;--sunken:#13171d;--ink:#e6e9ee;--soft:#a3acb9;--line:#2b313b;--line-strong:#48515f;
--link:#7ab8f5;--focus:#7ab8f5;--pass:#63cf94;--fail:#ff8a80;--observed:#a3b0ff;--known:#dba3e6;--na:#a3acb9;--error:#f0b849;
--fail-ground:#2c1b1c;--error-ground:#2a2418;--pass-bar:#3f9c69;--fail-bar:#e0544b;--observed-bar:#6f7ee0;--known-bar:#a05cab;--na-bar:#5b6472;--error-bar:#d99a1c;
--plot:#5cc0ee;--plot-soft:#5cc0ee26;--shadow:none;--json-key:#7ab8f5;--json-text:#7fd3a2;--json-literal:#e0a2d6`;

const base = `*{box-sizing:border-box}
[hidden]{display:none!important}
html{font:14px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;-webkit-text-size-adjust:100%;scroll-padding-top:4.6rem}
body{margin:0;background:var(--ground);color:var(--ink)}
h1,h2,h3,h4,h5,p,ul,ol,dl,dd,figure,fieldset{margin:0;padding:0;border:0}
ul,ol{list-style:none}
code,pre,.id{font-family:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.9em}
pre{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px;border-radius:3px}
.quiet{color:var(--soft);font-weight:400}
.sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.sheet{position:absolute}
.skip{position:absolute;left:-999rem}
.skip:focus{left:1rem;top:1rem;z-index:9;background:var(--paper);padding:.5rem 1rem}
.yes{color:var(--pass)}.no{color:var(--fail);font-weight:600}
.v-pass{--tone:var(--pass);--bar:var(--pass-bar)}.v-fail{--tone:var(--fail);--bar:var(--fail-bar)}.v-known{--tone:var(--known);--bar:var(--known-bar)}.v-observed{--tone:var(--observed);--bar:var(--observed-bar)}
.v-not-applicable{--tone:var(--na);--bar:var(--na-bar)}.v-error{--tone:var(--error);--bar:var(--error-bar)}
.icon{width:1em;height:1em;flex:none;color:var(--tone);fill:none;stroke:currentColor;stroke-width:1.6;stroke-linecap:round;stroke-linejoin:round;vertical-align:-.13em}.verdict .icon{position:relative;top:.13em}
symbol .solid{fill:currentColor}symbol .on{stroke:var(--paper)}
.verdict{display:inline-flex;align-items:baseline;gap:.45em;color:var(--tone);font-weight:600;white-space:nowrap}
.badge{display:inline-block;border:1px solid var(--line-strong);border-radius:3px;padding:0 .45em;font-size:.82em;line-height:1.5;color:var(--soft);white-space:nowrap}
.badge.documented{color:var(--ink);border-color:var(--soft)}
.badge.undocumented{border-style:dashed}
.badge.flaky{color:var(--error);border-color:currentColor;font-weight:600}
button{font:inherit;color:var(--ink);background:var(--paper);border:1px solid var(--line-strong);border-radius:4px;padding:.15em .7em;cursor:pointer}
button:hover{border-color:var(--soft)}
`;

const print = `@media print{html{font-size:10.5px}body{background:#fff}.filter,.copy,.skip,nav.chapters{display:none!important}
.page{display:block!important}.top,.page,footer{padding-left:0!important;padding-right:0!important}.clause{box-shadow:none!important}
.alone-link,.step,.actions{display:none!important}.attention p{-webkit-line-clamp:none;display:block}
.clause>summary,.evidence,.statement,.messages li,tr{break-inside:avoid}.e-transcript,.e-http,.e-note,.e-pictures,.e-sound{break-inside:auto}.sounds div,.pictures div,.command{break-inside:avoid}summary,h2,h4,caption,thead{break-after:avoid}thead{display:table-header-group}
.code{max-height:none!important;overflow:visible!important}.filter,.skip{position:static}.clause:first-of-type,.clause:last-of-type{border-radius:0!important}
.bar span,td,rect,i{print-color-adjust:exact;-webkit-print-color-adjust:exact}.scroll{overflow:visible!important}.chart{min-width:0!important}}
`;

/** The colours of the page by name; `--name:#rgb;…`. */
export const schemes: Readonly<Record<'light' | 'dark', string>> = { light, dark };

/** All rules of the page. Dark only on a screen: paper is white. */
export function pageStyle(): string {
  const variables = `:root{color-scheme:light;${light}}@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;${dark}}}`;
  return [variables, base, layoutStyle, evidenceStyle, gainScaleCss(), print].join('\n');
}
