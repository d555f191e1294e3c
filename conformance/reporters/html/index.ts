import { type ClauseResult, countVerdicts, type Report } from '../../report.ts';
import { type Chapter, chaptersOf } from '../summary.ts';
import { oneLine, plural } from '../text.ts';
import { anchorsOf, fragment } from './anchors.ts';
import { renderClause } from './clause.ts';
import { htmlDocument, scriptsOnly } from './document.ts';
import { type FilterChoices, renderFilter, renderNothing } from './filter.ts';
import { renderHeader, verdictBar } from './header.ts';
import { iconSheet } from './icons.ts';
import { renderOverview } from './overview.ts';
import { html, SafeHtml } from './safe-html.ts';
import { earlyScript, pageScript } from './script.ts';
import { showEvidence } from './shown-evidence.ts';
import { pageStyle } from './style.ts';

/**
 * The report as one HTML page that needs nothing else: no request leaves it, and its policy forbids any. It
 * reads as a plain list without scripts, prints, and follows the reader's colour scheme. `#clause-ID` shows one
 * clause alone, `#verdict=fail&chapter=audio` a part of the list. All text of the
 * report is escaped.
 */
export function renderHtml(report: Report): string {
  const anchors = anchorsOf(report.results);
  const chapters = chaptersOf(report.results);
  const shown = showEvidence(report.results, anchors);
  const inOrder = chapters.flatMap((chapter) => chapter.results);
  const neighbours = new Map(
    inOrder.map((result, index) => [result, { before: inOrder[index - 1], after: inOrder[index + 1] }]),
  );
  const clauseOf = (result: ClauseResult) => renderClause(result, neighbours.get(result)!, anchors, shown);
  const body = html`<a class="skip" href="#results">Skip to the results</a>
${iconSheet()}
${renderHeader(report)}
<div class="page">
${chapters.length > 0 && chapterList(chapters)}
<main id="results" tabindex="-1">
${renderOverview(report, anchors)}
${renderFilter(filterChoices(report, chapters))}
${chapters.map((chapter, index) => chapterSection(chapter, index, clauseOf))}
${renderNothing()}
</main>
</div>
<footer><p>Written by mosaic2 ${report.toolVersion}. ${plural(report.results.length, 'clause')}, seed ${report.seed}. Colours and marks are aids; the verdicts are those of the clauses.</p></footer>
<script>${new SafeHtml(pageScript)}</script>`;
  return htmlDocument({
    title: oneLine(report.target.name),
    allowed: ['img-src data:', 'media-src data:', scriptsOnly(earlyScript, pageScript)],
    style: pageStyle(),
    script: earlyScript,
    body,
  });
}

function filterChoices({ results }: Report, chapters: readonly Chapter[]): FilterChoices {
  return {
    counts: countVerdicts(results),
    levels: results.map(({ clause }) => clause.level),
    chapters: chapters.map(({ name }) => name),
    actions: html`<button type="button" data-open="true">Open all</button><button type="button" data-open="false">Close all</button>`,
  };
}

function chapterList(chapters: readonly Chapter[]): SafeHtml {
  return html`<nav class="chapters" aria-label="Chapters"><h2>Chapters</h2><ul>${chapters.map(
    (chapter, index) => {
      const counts = countVerdicts(chapter.results);
      return html`<li><a href="#${chapterAnchor(chapter, index)}"><span>${chapter.name}</span><span class="count">${chapter.results.length}</span>${verdictBar(counts)}</a></li>`;
    },
  )}</ul></nav>`;
}

function chapterSection(
  chapter: Chapter,
  index: number,
  clauseOf: (result: ClauseResult) => SafeHtml,
): SafeHtml {
  const anchor = chapterAnchor(chapter, index);
  return html`<section class="chapter" id="${anchor}" data-chapter="${chapter.name}" aria-labelledby="${anchor}-name"><h2 id="${anchor}-name">${chapter.name} <span class="quiet">${plural(chapter.results.length, 'clause')}</span></h2>
${chapter.results.map(clauseOf)}</section>`;
}

// The number keeps two odd names apart that become the same fragment.
function chapterAnchor(chapter: Chapter, index: number): string {
  return `chapter-${index + 1}-${fragment(chapter.name)}`;
}
