import { describe, expect, it } from 'vitest';
import { parseReporterNames, reporterNames } from './names.ts';

describe('parseReporterNames', () => {
  it('reads names parted by commas and keeps their order', () => {
    expect(parseReporterNames('junit,html')).toEqual(['junit', 'html']);
  });

  it('takes every name there is', () => {
    expect(parseReporterNames(reporterNames.join(','))).toEqual(reporterNames);
  });

  it('forgives blanks, capitals, empty places and repetitions', () => {
    expect(parseReporterNames(' HTML , ,junit,html,')).toEqual(['html', 'junit']);
  });

  it('names the valid ones when a name is unknown', () => {
    expect(() => parseReporterNames('html,pdf')).toThrow(
      'no reporter is called "pdf"; the reporters are console, html, junit, ctrf, json, markdown',
    );
  });

  it.each(['', ' ', ',,'])('asks for a name where there is none: %j', (text) => {
    expect(() => parseReporterNames(text)).toThrow(
      /needs at least one name; the reporters are console, html/,
    );
  });

  it('does not take what every object inherits for a name', () => {
    expect(() => parseReporterNames('constructor')).toThrow(RangeError);
  });

  it('lets no escape sequence into its message', () => {
    expect(() => parseReporterNames('\u001b[2Jx')).toThrow(/^no reporter is called "\\u001b\[2jx"/);
  });
});
