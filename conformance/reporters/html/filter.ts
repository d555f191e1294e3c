import { countVerdicts, type Report } from '../../report.ts';
import { chaptersOf, levelOrder, verdictOrder, verdictWords } from '../summary.ts';
import { verdictIcon } from './icons.ts';
import { html, type SafeHtml } from './safe-html.ts';

/**
 * The bar that narrows the list. Hidden until the script shows it: without scripts the page is a plain list.
 * No box ticked means all. What is set stands in the page's address.
 */
export function renderFilter(report: Report): SafeHtml {
  const counts = countVerdicts(report.results);
  const verdicts = verdictOrder.filter((verdict) => counts[verdict] > 0);
  const levels = levelOrder.filter((level) => report.results.some((result) => result.clause.level === level));
  const chapters = chaptersOf(report.results).map(({ name }) => name);
  return html`<form class="filter" id="filter" role="search" aria-label="Filter the clauses" hidden>
<input type="search" name="text" placeholder="Filter by id or text" aria-label="Filter by id or text" aria-keyshortcuts="/" autocomplete="off" spellcheck="false">
<select name="chapter" aria-label="Chapter"><option value="">all chapters</option>${chapters.map((name) => html`<option value="${name}">${name}</option>`)}</select>
<fieldset><legend class="sr">Verdict</legend>${verdicts.map((verdict) => html`<label class="chip"><input type="checkbox" name="verdict" value="${verdict}">${verdictIcon(verdict)}${verdictWords[verdict]} <b>${counts[verdict]}</b></label>`)}</fieldset>
<fieldset><legend class="sr">Level</legend>${levels.map((level) => html`<label class="chip"><input type="checkbox" name="level" value="${level}">${level}</label>`)}</fieldset>
<span class="actions"><output id="shown" aria-live="polite"></output><button type="button" data-open="true">Open all</button><button type="button" data-open="false">Close all</button></span>
</form>`;
}
