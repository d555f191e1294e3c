import type { ClauseLevel, Verdict } from '../../report.ts';
import { levelOrder, verdictOrder, verdictWords } from '../summary.ts';
import { verdictIcon } from './icons.ts';
import { html, type SafeHtml } from './safe-html.ts';

/** What a list can be narrowed by. */
export interface FilterChoices {
  /** How many of the list have each verdict; those that none has are no choice. */
  readonly counts: Readonly<Record<Verdict, number>>;
  /** Levels that occur. */
  readonly levels: readonly ClauseLevel[];
  /** In the order of the list. */
  readonly chapters: readonly string[];
  /** Buttons at its end. */
  readonly actions?: SafeHtml;
}

/**
 * The bar that narrows the list. Hidden until the script shows it: without scripts the page is a plain list.
 * No box ticked means all. What is set stands in the page's address. `filterScript` does the narrowing.
 */
export function renderFilter({ counts, levels, chapters, actions }: FilterChoices): SafeHtml {
  const verdicts = verdictOrder.filter((verdict) => counts[verdict] > 0);
  const inOrder = levelOrder.filter((level) => levels.includes(level));
  return html`<form class="filter" id="filter" role="search" aria-label="Filter the clauses" hidden>
<input type="search" name="text" placeholder="Filter by id or text" aria-label="Filter by id or text" aria-keyshortcuts="/" autocomplete="off" spellcheck="false">
<select name="chapter" aria-label="Chapter"><option value="">all chapters</option>${chapters.map((name) => html`<option value="${name}">${name}</option>`)}</select>
<fieldset><legend class="sr">Verdict</legend>${verdicts.map((verdict) => html`<label class="chip"><input type="checkbox" name="verdict" value="${verdict}">${verdictIcon(verdict)}${verdictWords[verdict]} <b>${counts[verdict]}</b></label>`)}</fieldset>
<fieldset><legend class="sr">Level</legend>${inOrder.map((level) => html`<label class="chip"><input type="checkbox" name="level" value="${level}">${level}</label>`)}</fieldset>
<span class="actions"><output id="shown" aria-live="polite"></output>${actions}</span>
</form>`;
}

/** Said where the filter leaves nothing. */
export function renderNothing(): SafeHtml {
  return html`<p id="nothing" class="quiet" hidden>No clause matches the filter.</p>`;
}
