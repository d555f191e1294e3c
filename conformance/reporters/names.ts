/** Reporters that write a file, with the name of that file inside the run's folder. */
export const reportFileNames = Object.freeze({
  html: 'index.html',
  junit: 'junit.xml',
  ctrf: 'ctrf.json',
  json: 'report.json',
  markdown: 'summary.md',
});

/** A reporter that writes a file after the run. */
export type FileReporterName = keyof typeof reportFileNames;

/** What `--reporter` takes: one that writes a file, or `console`, which tells of the run while it goes on. */
export type ReporterName = FileReporterName | 'console';

/** All names, in the order they are shown to people. */
export const reporterNames: readonly ReporterName[] = Object.freeze([
  'console',
  'html',
  'junit',
  'ctrf',
  'json',
  'markdown',
]);

/** True for a reporter that writes a file. */
export function isFileReporter(name: ReporterName): name is FileReporterName {
  return name !== 'console';
}

/**
 * Reads the value of `--reporter`: names parted by commas, in any case, with or without blanks. Repeated
 * names count once; the order is kept.
 * @throws RangeError where a name is unknown or none is given; the message lists the names there are
 */
export function parseReporterNames(text: string): ReporterName[] {
  const words = text
    .split(',')
    .map((word) => word.trim().toLowerCase())
    .filter((word) => word !== '');
  if (words.length === 0) throw new RangeError(`--reporter needs at least one name; ${validNames()}`);
  const names = new Set<ReporterName>();
  for (const word of words) {
    const name = reporterNames.find((known) => known === word);
    if (name === undefined) throw new RangeError(`no reporter is called ${quote(word)}; ${validNames()}`);
    names.add(name);
  }
  return [...names];
}

function validNames(): string {
  return `the reporters are ${reporterNames.join(', ')}`;
}

// The word comes from a command line and ends on a terminal: shortened, and with its control characters escaped.
function quote(word: string): string {
  return JSON.stringify(word.length > 40 ? `${word.slice(0, 40)}…` : word);
}
