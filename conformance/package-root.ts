/** Folder of the package, as a URL with a slash at the end: the same from sources and from the built files. */
export const packageRoot = new URL(import.meta.url.endsWith('.ts') ? '../' : '../../', import.meta.url);
