import { readFileSync, writeFileSync } from 'node:fs';
import { catalogueAsMarkdown } from '../conformance/catalogue/markdown.ts';
import { catalogue } from '../conformance/clauses/index.ts';
import { renewNotices } from './notices.ts';

// Writes what of the documentation is made from the sources: `npm run docs`.
const file = (path: string) => new URL(`../${path}`, import.meta.url);
writeFileSync(file('docs/clauses.md'), catalogueAsMarkdown(catalogue));

const notices = file('THIRD-PARTY-NOTICES.md');
const lock = JSON.parse(readFileSync(file('package-lock.json'), 'utf8'));
writeFileSync(notices, renewNotices(readFileSync(notices, 'utf8'), lock));
