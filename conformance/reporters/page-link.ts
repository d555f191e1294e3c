import type { ClauseResult, Report } from '../report.ts';
import { anchorsOf } from './html/anchors.ts';
import { reportFileNames } from './names.ts';

/** Where each clause stands in the HTML report, from the folder of the run: `index.html#clause-audio.all`. */
export function pageLinks({ results }: Pick<Report, 'results'>): (result: ClauseResult) => string {
  const anchors = anchorsOf(results);
  return (result) => `${reportFileNames.html}#${anchors.get(result)}`;
}
