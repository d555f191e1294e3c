import { writeFileSync } from 'node:fs';
import { catalogueAsMarkdown } from '../conformance/catalogue/markdown.ts';
import { catalogue } from '../conformance/clauses/index.ts';

// Writes what of the documentation is made from the sources: `npm run docs`.
const file = new URL('../docs/clauses.md', import.meta.url);
writeFileSync(file, catalogueAsMarkdown(catalogue));
