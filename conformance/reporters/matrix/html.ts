import {
  type Matrix,
  type MatrixCell,
  type MatrixColumn,
  type MatrixRow,
  matrixSentence,
} from '../../compare/matrix.ts';
import type { Verdict } from '../../report.ts';
import { htmlDocument, scriptsOnly } from '../html/document.ts';
import { type FilterChoices, renderFilter, renderNothing } from '../html/filter.ts';
import { filterScript } from '../html/filter-script.ts';
import { iconSheet, verdictIcon, verdictTag } from '../html/icons.ts';
import { html, SafeHtml } from '../html/safe-html.ts';
import { pageStyle } from '../html/style.ts';
import { chapterOf, verdictOrder } from '../summary.ts';
import { oneLine, plural } from '../text.ts';

/** Longest text in a cell; the whole is behind its link. */
const cellLimit = 160;

const style = `main.matrix{max-width:none;padding:0 1.5rem 2rem}
.matrix table{border-collapse:separate;border-spacing:0;background:var(--paper);border:1px solid var(--line);border-radius:6px;min-width:40rem}
.matrix th,.matrix td{text-align:left;vertical-align:top;padding:.4rem .8rem;border-bottom:1px solid var(--line);font-weight:400;overflow-wrap:anywhere;max-width:24rem}
.matrix thead th{position:sticky;top:0;background:var(--sunken);font-weight:600}
.matrix tr.chapter th{background:var(--sunken);font-weight:650}
.matrix td a{text-decoration:none;display:block}.matrix td a:hover{text-decoration:underline}
.matrix td p{color:var(--soft);font-size:.9em}
.matrix tr.differs th:first-child{box-shadow:inset 3px 0 var(--error)}
.matrix .scroll{overflow-x:auto}
.only{display:inline-flex;gap:.5em;align-items:center;margin:.2rem 0 .8rem}
main.matrix:has(#only:checked) tr.same{display:none}`;

/** Narrows the rows by what the bar, or the page's address, says. Plain JavaScript. */
const matrixScript = `'use strict';
(() => {
${filterScript}
  function route() {
    const state = location.hash.slice(1);
    restoreFilter(state.includes('=') ? state : '');
    applyFilter();
  }

  addEventListener('hashchange', route);
  route();
})();
`;

/** Options of {@link renderMatrixHtml}. */
export interface MatrixHtmlOptions {
  /** The cells lead to the page of their target; false where there are no such pages. */
  readonly links: boolean;
}

/**
 * The matrix as one HTML page, without anything from elsewhere. Every cell leads to its clause in the page of its target,
 * where the evidence is. It is narrowed as a report is; without scripts by the box for differences alone. All text of
 * the reports is escaped.
 */
export function renderMatrixHtml(matrix: Matrix, { links }: MatrixHtmlOptions): string {
  const body = html`${iconSheet()}
<header class="top">
<p class="brand">mosaic2 <span>conformance, side by side</span></p>
<h1>${matrixSentence(matrix)}</h1>
</header>
<main class="matrix">
${renderFilter(filterChoices(matrix))}
<label class="only"><input type="checkbox" id="only" name="differs" value="yes" form="filter"> only differences</label>
<div class="scroll" tabindex="0" role="region" aria-label="Clauses by targets"><table>
<thead><tr><th scope="col">Clause</th>${matrix.columns.map((column) => columnHead(column, links))}</tr></thead>
${bodies(matrix, links)}
</table></div>
${renderNothing()}
</main>
<script>${new SafeHtml(matrixScript)}</script>`;
  return htmlDocument({
    title: plural(matrix.columns.length, 'target'),
    allowed: [scriptsOnly(matrixScript)],
    style: pageStyle() + style,
    body,
  });
}

function columnHead({ name, folder, server, verdict, sentence }: MatrixColumn, links: boolean): SafeHtml {
  const title =
    links && folder !== undefined ? html`<a href="${folder}/index.html">${name}</a>` : html`${name}`;
  return html`<th scope="col">${verdictIcon(verdict)} ${title}<div class="quiet">${server ?? ''}</div><div class="quiet">${sentence}</div></th>`;
}

function filterChoices({ rows }: Matrix): FilterChoices {
  const having = (verdict: Verdict) => rows.filter((row) => verdictsOf(row).includes(verdict)).length;
  return {
    counts: Object.fromEntries(verdictOrder.map((one) => [one, having(one)])) as Record<Verdict, number>,
    levels: rows.map(({ level }) => level),
    chapters: [...new Set(rows.map(({ id }) => chapterOf(id)))],
  };
}

/** Verdicts of any target, each once. */
function verdictsOf({ cells }: MatrixRow): Verdict[] {
  return [...new Set(cells.flatMap((cell) => cell?.verdict ?? []))];
}

/** A part of the table for each run of clauses of one chapter. */
function bodies({ rows, columns }: Matrix, links: boolean): SafeHtml[] {
  const parts: { readonly chapter: string; readonly rows: MatrixRow[] }[] = [];
  for (const row of rows) {
    const chapter = chapterOf(row.id);
    if (parts.at(-1)?.chapter !== chapter) parts.push({ chapter, rows: [] });
    parts.at(-1)!.rows.push(row);
  }
  return parts.map(
    (
      part,
    ) => html`<tbody data-chapter="${part.chapter}"><tr class="chapter"><th scope="rowgroup" colspan="${columns.length + 1}">${part.chapter}</th></tr>
${part.rows.map((row) => tableRow(row, columns, links))}</tbody>
`,
  );
}

/** What the filter's words are looked for in. */
function searchText({ id, title, cells }: MatrixRow): string {
  return oneLine([id, title, ...cells.map((cell) => cell?.text ?? '')].join(' ')).toLowerCase();
}

function tableRow(row: MatrixRow, columns: readonly MatrixColumn[], links: boolean): SafeHtml {
  return html`<tr class="${row.differs ? 'differs' : 'same'}" data-verdict="${verdictsOf(row).join(' ')}" data-level="${row.level}" data-differs="${row.differs ? 'yes' : 'no'}" data-text="${searchText(row)}"><th scope="row"><code>${row.id}</code>${row.differs && html` <span class="badge">differs</span>`}<div class="quiet">${row.title}</div></th>${row.cells.map((cell, index) => tableCell(cell, columns[index]!, links))}</tr>`;
}

function tableCell(cell: MatrixCell | null, { folder }: MatrixColumn, links: boolean): SafeHtml {
  if (cell === null) return html`<td class="quiet">not run</td>`;
  const tag = html`${verdictTag(cell.verdict)}${cell.flaky && html` <span class="badge flaky">flaky</span>`}`;
  const linked = links ? html`<a href="${folder}/index.html#${cell.anchor}">${tag}</a>` : tag;
  const text = oneLine(cell.text);
  const shown = text.length > cellLimit ? `${text.slice(0, cellLimit)}…` : text;
  return html`<td>${linked}${cell.verdict !== 'pass' && shown !== '' && html`<p>${shown}</p>`}</td>`;
}
