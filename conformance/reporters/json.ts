import type { Report } from '../report.ts';

/**
 * The report itself as JSON, for other programs: what `report.json` holds. Numbers JSON does not know
 * (a level of minus infinity) come out as `null`.
 */
export function renderJson(report: Report): string {
  return `${JSON.stringify(report, null, 1)}\n`;
}
