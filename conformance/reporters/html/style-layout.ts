/** Rules for the parts of the page: head, chapter list, overview, filter, clauses. */
export const layoutStyle = `.top,.page,footer{max-width:1320px;margin:0 auto;padding:0 1.5rem}
.top{padding-top:1.6rem;padding-bottom:1.3rem}
.brand{font-weight:700;letter-spacing:.01em}.brand span{font-weight:400;color:var(--soft)}
h1{font-size:1.85rem;line-height:1.2;font-weight:650;letter-spacing:-.015em;margin:.15rem 0 .55rem;overflow-wrap:anywhere}
.overall{display:flex;gap:.55em;align-items:baseline;font-size:1.15rem;font-weight:600;color:var(--tone);margin-bottom:.9rem}
.overall .icon{align-self:flex-start;margin-top:.26em}
.bar{display:flex;gap:2px;height:.75rem;overflow:hidden;border-radius:3px}
.bar span{background:var(--bar);min-width:4px;flex-basis:0}
.counts{display:flex;flex-wrap:wrap;gap:.3rem 1.5rem;margin:.55rem 0 1.05rem}
.counts li{display:flex;align-items:center;gap:.4em}.counts .none,.counts .none b{color:var(--soft);font-weight:400}
.counts b{font-variant-numeric:tabular-nums}
.remarks{margin:0 0 1rem;padding:.5rem .9rem;border:1px solid var(--error);border-radius:6px;color:var(--error);overflow-wrap:anywhere}
.facts{display:flex;flex-wrap:wrap;gap:.55rem 2.2rem;border-top:1px solid var(--line);padding-top:.85rem}
.facts dt{font-size:.85em;color:var(--soft)}.facts dd{overflow-wrap:anywhere}
.page{display:grid;grid-template-columns:12.5rem minmax(0,1fr);gap:0 2rem}
main{outline:none;min-width:0}
nav.chapters{position:sticky;top:0;align-self:start;max-height:100vh;overflow:auto;padding:.2rem 0 1rem;margin-left:-.45rem}
nav.chapters h2{padding:0 .45rem;font-size:.85rem;color:var(--soft);font-weight:400;margin-bottom:.3rem}
nav.chapters a{display:grid;grid-template-columns:1fr auto;gap:.2rem .5rem;padding:.35rem .45rem .5rem;border-radius:4px;text-decoration:none;color:var(--ink)}
nav.chapters a>span{overflow-wrap:anywhere}
nav.chapters a:hover{background:var(--sunken)}
nav.chapters .count{color:var(--soft);font-variant-numeric:tabular-nums}
nav.chapters .bar{grid-column:1/-1;height:.3rem;border-radius:2px;gap:1px}
main h2{font-size:1.15rem;line-height:1.3;font-weight:650;letter-spacing:-.005em;margin:0 0 .5rem;overflow-wrap:anywhere}
main h2 .quiet{font-size:.95rem;margin-left:.3em}
.attention,.maps{margin-bottom:1.6rem}
.attention ol{background:var(--paper);border:1px solid var(--line);border-radius:6px;box-shadow:var(--shadow)}
.attention li{display:grid;grid-template-columns:8.4rem minmax(0,1fr);gap:.2rem .8rem;padding:.5rem .9rem}
.attention li+li{border-top:1px solid var(--line)}
.attention a{font-weight:600;color:var(--ink);text-decoration-color:var(--line-strong);text-underline-offset:.2em;overflow-wrap:anywhere}
.attention p{color:var(--soft);overflow-wrap:anywhere;display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden}
.map-list{display:flex;flex-wrap:wrap;gap:.8rem;margin-top:.6rem}
.map{display:flex;flex-direction:column;gap:.35rem;background:var(--paper);border:1px solid var(--line);border-radius:6px;padding:.65rem .9rem .6rem;color:var(--ink);text-decoration:none;justify-content:space-between;box-shadow:var(--shadow);max-width:100%;min-width:13rem}
.map:hover{border-color:var(--line-strong)}
.small-map{max-width:100%;height:auto;font-size:10px;fill:var(--soft)}
.map-title{display:flex;gap:.45em;align-items:baseline;font-weight:600;max-width:17rem;overflow-wrap:anywhere}
.map-title .icon{align-self:flex-start;margin-top:.25em}

.map rect{stroke:var(--line);stroke-width:1}
.map rect.differs{fill:var(--fail-bar);stroke:var(--fail-bar)}.map rect.unmeasured{fill:none;stroke:var(--line-strong);stroke-dasharray:2 2}.cross{stroke:#fff;stroke-width:2;fill:none;stroke-linecap:round}
.filter{position:sticky;top:0;z-index:2;display:flex;flex-wrap:wrap;gap:.45rem .9rem;align-items:center;background:var(--ground);padding:.6rem 0;margin-bottom:.6rem;border-bottom:1px solid var(--line)}
.filter input[type=search]{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line-strong);border-radius:4px;padding:.28em .6em;width:15rem;flex:1 1 11rem;max-width:22rem}
.filter input::placeholder{color:var(--soft);opacity:1}
.filter fieldset{display:flex;flex-wrap:wrap;gap:.3rem}
.filter select{font:inherit;color:inherit;background:var(--paper);border:1px solid var(--line-strong);border-radius:4px;padding:.28em .4em}
.chip{display:inline-flex;align-items:center;gap:.4em;border:1px solid var(--line);border-radius:4px;background:var(--paper);padding:.12em .6em;cursor:pointer;white-space:nowrap}
.chip:hover{border-color:var(--soft)}
.chip input{position:absolute;opacity:0;width:1px;height:1px}
.chip:has(:checked){border-color:var(--ink);box-shadow:inset 0 0 0 1px var(--ink);font-weight:600}
.chip:has(:focus-visible){outline:2px solid var(--focus);outline-offset:2px}
.chip b{font-weight:400;color:var(--soft);font-variant-numeric:tabular-nums}
.actions{display:flex;gap:.4rem;align-items:center;margin-left:auto}
.actions output{color:var(--soft);margin-right:.3rem;font-variant-numeric:tabular-nums;white-space:nowrap}
.chapter{margin:0 0 1.7rem}
.clause{background:var(--paper);border:1px solid var(--line);margin-top:-1px}
.clause:first-of-type{border-radius:6px 6px 0 0}.clause:last-of-type{border-radius:0 0 6px 6px}.clause:first-of-type:last-of-type{border-radius:6px}
.clause>summary{display:grid;grid-template-columns:1rem 9.3rem minmax(0,1fr) auto;gap:0 .6rem;align-items:baseline;padding:.42rem .9rem .46rem .7rem;cursor:pointer;list-style:none}
.clause>summary::-webkit-details-marker{display:none}
.clause>summary::before{content:"";width:.42rem;height:.42rem;border:solid var(--soft);border-width:0 1.6px 1.6px 0;transform:rotate(-45deg);align-self:center;justify-self:center}
.clause[open]>summary::before{transform:rotate(45deg)}
.clause>summary:hover{background:var(--sunken)}
.name h3{font-size:1rem;font-weight:500;line-height:1.4;display:inline;overflow-wrap:anywhere;margin-right:.5em}
.clause[data-verdict=fail] h3,.clause[data-verdict=error] h3{font-weight:650}
.id{color:var(--soft);overflow-wrap:anywhere}
.tags{display:flex;gap:.5rem;align-items:baseline;justify-content:flex-end}
.duration{color:var(--soft);min-width:4rem;text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.body{padding:.35rem 1.1rem 1.1rem 2.3rem}
.step,.alone-link{display:none}.scripted .alone-link{display:block;margin-top:.5rem}
.step{grid-template-columns:minmax(0,1fr) auto minmax(0,1fr);gap:.4rem 1.5rem;align-items:baseline;margin-top:1.8rem;border-top:1px solid var(--line);padding-top:.8rem}.step span:last-child{text-align:right}.step a{display:block;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.alone .step{display:grid;position:sticky;bottom:0;background:var(--paper);padding-bottom:.6rem}.alone .alone-link,.alone .attention,.alone .maps,.alone .filter,.alone nav.chapters,.alone .top .overall,.alone .top .bar,.alone .top .counts,.alone .top .remarks{display:none!important}
.alone{scroll-padding-bottom:4rem}.alone .clause{scroll-margin-top:100vh}.alone .page{display:block}.alone h1{font-size:1.25rem}.alone .clause{border-radius:6px}.alone .clause h3{font-size:1.35rem;font-weight:650}.alone .clause>summary{padding-top:.8rem}
.loading .clause>.body{display:none}
footer{padding-top:.5rem;padding-bottom:2.5rem;color:var(--soft)}footer p{border-top:1px solid var(--line);padding-top:.8rem}
@media (max-width:1000px){.page{display:block}nav.chapters{position:static;max-height:none;margin-left:0;padding:0 0 1.2rem}nav.chapters h2{padding:0}
nav.chapters ul{display:flex;flex-wrap:wrap;gap:.3rem}nav.chapters a{border:1px solid var(--line);background:var(--paper);padding:.25rem .6rem .4rem}}
@media (max-width:640px){.top,.page,footer{padding-left:.9rem;padding-right:.9rem}h1{font-size:1.45rem}.overall{font-size:1.05rem}
html{scroll-padding-top:.5rem}.filter{position:static}.filter input[type=search]{max-width:none;flex-basis:100%}.actions{margin-left:0;flex-wrap:wrap}
.clause>summary{grid-template-columns:1rem minmax(0,1fr) auto;gap:.1rem .5rem}.clause>summary .name{grid-column:2/-1;grid-row:2}.tags{grid-row:1;grid-column:3}.clause>summary::before{grid-row:1}
.name .id{display:block}.step .of{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}.filter select{flex:1 1 8rem}.attention li{grid-template-columns:1fr}.body{padding:.3rem .8rem .9rem}.map{width:100%}.facts{gap:.5rem 1.4rem}}
`;
