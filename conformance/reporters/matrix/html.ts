import {
  type Matrix,
  type MatrixCell,
  type MatrixColumn,
  type MatrixRow,
  matrixSentence,
} from '../../compare/matrix.ts';
import { htmlDocument } from '../html/document.ts';
import { iconSheet, verdictIcon, verdictTag } from '../html/icons.ts';
import { html, type SafeHtml } from '../html/safe-html.ts';
import { pageStyle } from '../html/style.ts';
import { chapterOf } from '../summary.ts';
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

/** Options of {@link renderMatrixHtml}. */
export interface MatrixHtmlOptions {
  /** The cells lead to the page of their target; false where there are no such pages. */
  readonly links: boolean;
}

/**
 * The matrix as one HTML page, without scripts and without anything from elsewhere. Every cell leads to its clause in
 * the page of its target, where the evidence is. All text of the reports is escaped.
 */
export function renderMatrixHtml(matrix: Matrix, { links }: MatrixHtmlOptions): string {
  const body = html`${iconSheet()}
<header class="top">
<p class="brand">mosaic2 <span>conformance, side by side</span></p>
<h1>${matrixSentence(matrix)}</h1>
</header>
<main class="matrix">
<label class="only"><input type="checkbox" id="only"> only differences</label>
<div class="scroll" tabindex="0" role="region" aria-label="Clauses by targets"><table>
<thead><tr><th scope="col">Clause</th>${matrix.columns.map((column) => columnHead(column, links))}</tr></thead>
<tbody>${withChapters(matrix, links)}</tbody>
</table></div>
</main>`;
  return htmlDocument({
    title: plural(matrix.columns.length, 'target'),
    style: pageStyle() + style,
    body,
  });
}

function columnHead({ name, folder, server, verdict, sentence }: MatrixColumn, links: boolean): SafeHtml {
  const title =
    links && folder !== undefined ? html`<a href="${folder}/index.html">${name}</a>` : html`${name}`;
  return html`<th scope="col">${verdictIcon(verdict)} ${title}<div class="quiet">${server ?? ''}</div><div class="quiet">${sentence}</div></th>`;
}

function withChapters(matrix: Matrix, links: boolean): SafeHtml[] {
  return matrix.rows.flatMap((row, index) => {
    const chapter = chapterOf(row.id);
    const isNew = index === 0 || chapterOf(matrix.rows[index - 1]!.id) !== chapter;
    const head = html`<tr class="chapter"><th scope="colgroup" colspan="${matrix.columns.length + 1}">${chapter}</th></tr>`;
    return [...(isNew ? [head] : []), tableRow(row, matrix.columns, links)];
  });
}

function tableRow(row: MatrixRow, columns: readonly MatrixColumn[], links: boolean): SafeHtml {
  return html`<tr class="${row.differs ? 'differs' : 'same'}"><th scope="row"><code>${row.id}</code>${row.differs && html` <span class="badge">differs</span>`}<div class="quiet">${row.title}</div></th>${row.cells.map((cell, index) => tableCell(cell, columns[index]!, links))}</tr>`;
}

function tableCell(cell: MatrixCell | null, { folder }: MatrixColumn, links: boolean): SafeHtml {
  if (cell === null) return html`<td class="quiet">not run</td>`;
  const tag = html`${verdictTag(cell.verdict)}${cell.flaky && html` <span class="badge flaky">flaky</span>`}`;
  const linked = links ? html`<a href="${folder}/index.html#${cell.anchor}">${tag}</a>` : tag;
  const text = oneLine(cell.text);
  const shown = text.length > cellLimit ? `${text.slice(0, cellLimit)}…` : text;
  return html`<td>${linked}${cell.verdict !== 'pass' && shown !== '' && html`<p>${shown}</p>`}</td>`;
}
