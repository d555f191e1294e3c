/** Rules for what stands inside a clause: the statement, commands, and the kinds of evidence. */
export const evidenceStyle = `.statement{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.55rem 1.6rem}
.statement>div{min-width:0}.statement .reason,.statement .says{grid-column:1/-1}
.statement dt{font-size:.85em;color:var(--soft)}.statement dd{overflow-wrap:anywhere;white-space:pre-line;max-width:75ch}
.statement .expected,.statement .actual{border-left:3px solid var(--line-strong);padding-left:.75rem}
.statement .actual{border-color:var(--bar)}
.statement .actual.v-fail dd{color:var(--fail);font-weight:600}
.command{position:relative;display:grid;grid-template-columns:5.2rem minmax(0,1fr) auto;align-items:baseline;gap:.6rem;background:var(--sunken);border:1px solid var(--line);border-radius:4px;padding:.32rem .4rem .32rem .7rem;margin-top:.85rem}
.command .label{font-size:.85em;color:var(--soft)}
.command .copy{font-size:.85em;min-width:4.6em}
.evidence{margin-top:1.25rem}
.evidence h4{font-size:1rem;font-weight:650;margin-bottom:.4rem;overflow-wrap:anywhere}
.evidence h5{font-size:.85rem;font-weight:400;color:var(--soft)}
.sounds{display:flex;flex-wrap:wrap;gap:.8rem}.sounds div{flex:0 1 240px}.sounds img{display:block;width:100%;height:128px;border:1px solid var(--line);image-rendering:pixelated;background:#fff}.sounds audio{display:block;width:100%;height:32px;margin:.3rem 0}@media print{.sounds audio{display:none}}
.pictures{display:flex;flex-wrap:wrap;gap:.8rem}.pictures div{flex:1 1 240px;max-width:420px}.pictures img{display:block;width:100%;height:auto;border:1px solid var(--line)}
.evidence .note{max-width:75ch;overflow-wrap:anywhere}
.http{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:.4rem 1.2rem}
.wire{font-family:ui-monospace,"SF Mono",SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;font-size:.9em;overflow-wrap:anywhere;margin:.1rem 0 .35rem}
.status.sok{color:var(--pass)}.status.sbad{color:var(--fail)}
.code{background:var(--sunken);border:1px solid var(--line);border-radius:4px;padding:.5rem .7rem;max-height:26rem;overflow:auto}
.jk{color:var(--json-key)}.js{color:var(--json-text)}.jl{color:var(--json-literal)}
.e-http .command{margin-top:.5rem}
.fold{margin-top:.35rem}.fold>summary{cursor:pointer;overflow-wrap:anywhere}.headers>summary{color:var(--soft);font-size:.9em}
.fields{font-size:.9em;padding:.3rem 0 0 1rem}.fields div{display:flex;gap:.5em}.fields dt{color:var(--soft);flex:none}.fields dt::after{content:":"}.fields dd{overflow-wrap:anywhere;min-width:0}
.messages{margin:.4rem 0 .8rem;border-left:2px solid var(--line);padding-left:.9rem}.messages li+li{margin-top:.7rem}.messages .code{margin-top:.3rem}.messages .way{display:inline-block;min-width:6.6em}.messages .received .way{color:var(--observed)}.messages .sent .way{color:var(--known)}
.scroll{overflow-x:auto;max-width:100%}
.pair{display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:0 1.2rem}
.chart{display:block;width:100%;max-width:var(--w);min-width:min(var(--w),22rem);height:auto;font-size:11px;fill:var(--soft);font-variant-numeric:tabular-nums}
.e-waveform .chart{min-width:38rem}
.chart .grid{stroke:var(--line);stroke-width:1}
.chart .wave{fill:var(--plot);stroke:var(--plot);stroke-width:.6}
.chart .area{fill:var(--plot-soft)}
.chart .line{fill:none;stroke:var(--plot);stroke-width:1.4;stroke-linejoin:round}
.chart .dot{fill:var(--plot)}.chart .dot.big{stroke:var(--paper);stroke-width:1.5}
.chart .dot-label,.chart .mark-label,.chart .limit-label{paint-order:stroke;stroke:var(--paper);stroke-width:3px;stroke-linejoin:round;fill:var(--ink)}
.chart .mark{stroke:var(--error);stroke-width:1;stroke-dasharray:2 2}
.chart .limit{stroke:var(--fail-bar);stroke-width:1.4;stroke-dasharray:6 3}
.chart .limit-label{fill:var(--fail)}
.marks{display:flex;flex-wrap:wrap;gap:.15rem 1.3rem;margin-top:.2rem;color:var(--soft)}.marks b{color:var(--ink);font-weight:600;font-variant-numeric:tabular-nums}
.figures{display:flex;flex-wrap:wrap;gap:.3rem 1.6rem;margin-top:.3rem}
.figures dt{font-size:.85em;color:var(--soft)}.figures dd{font-weight:600;font-variant-numeric:tabular-nums}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
.heat{border-collapse:separate;border-spacing:2px;margin-left:-2px}
.heat th{font-weight:400;text-align:left;padding:.1rem .45rem .1rem 0}
.heat th span{display:block;max-width:9rem;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.heat thead th{padding:.1rem .2rem;text-align:center}.heat thead th span{max-width:5.5rem}
.heat .corner{color:var(--soft);font-size:.85em;padding-right:.6rem;line-height:1.25}.heat .corner span{display:block}
.heat .corner span:first-child::after{content:" ↓"}.heat .corner span:last-child::after{content:" →"}
.heat tbody td{position:relative;width:5.2rem;min-width:5.2rem;white-space:nowrap;height:2rem;text-align:center;padding:0 .5rem;border-radius:3px}
.heat .unmeasured{color:var(--soft);border:1px dashed var(--line-strong)}
.heat .not-heard{box-shadow:inset 0 0 0 1px var(--soft)}
.heat .differs{box-shadow:inset 0 0 0 3px var(--fail-bar);font-weight:700}
.heat .differs::after{content:"✗";margin-left:.35em}
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.3rem;align-items:center;margin-top:.45rem;color:var(--soft);font-size:.92em}
.legend .scale{display:inline-flex;align-items:center}.legend .scale i{width:.95rem;height:.8rem;display:inline-block}.legend .scale i:first-of-type{margin-left:.4em}.legend .scale i:last-of-type{margin-right:.4em}
.legend .key{display:inline-block;width:1rem;height:.8rem;border-radius:2px;vertical-align:-.05em}
.legend .key.not-heard{box-shadow:inset 0 0 0 1px var(--soft)}.legend .key.differs{box-shadow:inset 0 0 0 2.5px var(--fail-bar)}
.measurements th,.measurements td{text-align:left;padding:.28rem 1.6rem .28rem 0;border-bottom:1px solid var(--line);vertical-align:baseline}
.packets{margin-bottom:.6rem}.packets tbody th{white-space:nowrap}.packets caption{text-align:left;font-weight:600;padding-bottom:.15rem}.packets td,.packets thead th:not(:first-child){text-align:right}.measurements.packets th,.measurements.packets td{padding-right:1.2rem}
.measurements thead th{font-size:.85em;color:var(--soft);font-weight:400}.measurements tbody th{font-weight:400}.measurements .value{white-space:pre}
@media (max-width:760px){.statement,.http,.pair{grid-template-columns:minmax(0,1fr)}.command{grid-template-columns:minmax(0,1fr) auto}.command .label{grid-column:1}.command pre{grid-row:2;grid-column:1/-1}.command .copy{grid-row:1;grid-column:2}}
`;
