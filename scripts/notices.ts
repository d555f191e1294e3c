/** What stands before the list in `THIRD-PARTY-NOTICES.md`; all after it is written by `npm run docs`. */
export const listMark = '<!-- From here on written by `npm run docs`. -->\n';

/** The part of `package-lock.json` that is read here. */
export interface LockFile {
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly version?: string;
        readonly license?: string;
        readonly dev?: boolean;
        readonly peer?: boolean;
        readonly optional?: boolean;
        readonly os?: readonly string[];
      }
    >
  >;
}

/** Licences that stand in a file of the package, and not in its package.json. */
const licencesByFile: Readonly<Record<string, string>> = {
  '@shinyoshiaki/jspack': 'BSD-3-Clause',
};

/**
 * Lists what is installed with this package where nothing else is asked for, by licence.
 * @throws Error for a package without a known licence
 */
export function noticesList({ packages }: LockFile): string {
  const byLicence = new Map<string, Set<string>>();
  for (const [path, { version, license, dev, peer }] of Object.entries(packages)) {
    if (path === '' || dev || peer) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const licence = license ?? licencesByFile[name];
    if (licence === undefined) throw new Error(`${name} ${version} names no licence: see its files`);
    byLicence.set(licence, (byLicence.get(licence) ?? new Set()).add(`${name} ${version}`));
  }
  const sections = [...byLicence].sort(([a], [b]) => (a < b ? -1 : 1));
  return sections
    .map(([licence, names]) => `\n### ${licence}\n\n${[...names].sort().join(',\n')}\n`)
    .join('');
}

/** The whole file with the list of this lock file. */
export function renewNotices(text: string, lock: LockFile): string {
  const at = text.indexOf(listMark);
  if (at === -1) throw new Error('THIRD-PARTY-NOTICES.md has lost the mark before its list');
  return text.slice(0, at + listMark.length) + noticesList(lock);
}
