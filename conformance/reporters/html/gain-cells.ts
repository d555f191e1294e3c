import type { HeatMapEvidence } from '../../report.ts';

/** Bars for evidence that names none; see `limitsDb` of {@link HeatMapEvidence}. */
export const defaultLimitsDb = Object.freeze({ heardAtLeast: -12, notHeardAtMost: -30 });

/** One cell of a heat map, judged. */
export interface GainCell {
  readonly row: string;
  readonly column: string;
  /** `null`: nothing was found of it. */
  readonly gainDb: number | null;
  readonly expected: 'heard' | 'not-heard' | 'either';
  /** True: measured, and not as expected. */
  readonly differs: boolean;
}

/** The cells of a heat map, row by row. Missing values are not measured, missing expectations are `either`. */
export function gainCells(evidence: HeatMapEvidence): GainCell[][] {
  return evidence.rows.map((row, rowIndex) =>
    evidence.columns.map((column, columnIndex) => {
      const gainDb = evidence.gainsDb[rowIndex]?.[columnIndex] ?? null;
      const expected = evidence.expected[rowIndex]?.[columnIndex] ?? 'either';
      return { row, column, gainDb, expected, differs: differs(gainDb, expected, evidence) };
    }),
  );
}

/** How many cells were measured and are not as expected. */
export function differenceCount(evidence: HeatMapEvidence): number {
  return gainCells(evidence)
    .flat()
    .filter((cell) => cell.differs).length;
}

function differs(gainDb: number | null, expected: GainCell['expected'], evidence: HeatMapEvidence): boolean {
  if (gainDb === null || Number.isNaN(gainDb)) return false;
  const limits = evidence.limitsDb ?? defaultLimitsDb;
  if (expected === 'heard') return gainDb < limits.heardAtLeast;
  if (expected === 'not-heard') return gainDb > limits.notHeardAtMost;
  return false;
}

/** `heard`, `not heard`, or `heard or not`. */
export function expectationText(expected: GainCell['expected']): string {
  if (expected === 'either') return 'heard or not';
  return expected === 'heard' ? 'heard' : 'not heard';
}
