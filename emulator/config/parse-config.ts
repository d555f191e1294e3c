import { type Context, enter, passOver, plainWords, serverDirectives } from './context.ts';
import { DiagnosticList } from './diagnostic-list.ts';
import { ConfigError, type Position } from './diagnostics.ts';
import { formatListener, readListener } from './read-listener.ts';
import { readStream, readTemplate } from './read-stream.ts';
import { tokenize } from './tokens.ts';
import { type Directive, parseTree } from './tree.ts';
import type { Credentials, Listener, ServerConfig, StreamConfig, TemplateConfig } from './types.ts';

/** Longest file, in UTF-16 units: some ten thousand streams. */
const maxTextLength = 1_000_000;

/**
 * Reads a configuration file in Flussonic's own format. Directives that this emulator does not know are passed
 * over with a warning, since a real server's file is full of them.
 * @param fileName stands before each error and warning
 * @throws ConfigError with everything that is wrong: the syntax, and the values of what the emulator knows
 */
export function parseConfig(text: string, fileName: string): ServerConfig {
  // Editors on Windows write a byte order mark.
  const source = text.replace(/^\uFEFF/, '');
  const diagnostics = new DiagnosticList(source.slice(0, maxTextLength), fileName);
  if (source.length > maxTextLength) {
    diagnostics.error(
      { line: 1, column: 1 },
      `expected at most ${maxTextLength} characters, not ${source.length}`,
    );
    throw new ConfigError(diagnostics.inOrder());
  }
  // Past a mistake on one level, every complaint on the next would be a guess.
  const tokens = tokenize(source, diagnostics);
  diagnostics.throwErrors();
  const directives = parseTree(tokens, diagnostics);
  diagnostics.throwErrors();
  const config = readServer(directives, { diagnostics, path: [] });
  diagnostics.throwErrors();
  return { ...config, warnings: diagnostics.inOrder() };
}

function readServer(directives: readonly Directive[], context: Context): Omit<ServerConfig, 'warnings'> {
  const listeners: Record<'http' | 'https', Listener[]> = { http: [], https: [] };
  const pairs = new Map<string, Credentials>();
  const streams: StreamConfig[] = [];
  const templates: TemplateConfig[] = [];
  const places = new Map<string, Position>();
  /** Notes a second one with the same key. */
  const isFirst = (key: string, message: string, directive: Directive, at: Context): boolean => {
    const place = directive.words[0] ?? directive.name;
    const first = places.get(key);
    if (first === undefined) places.set(key, place);
    else at.diagnostics.duplicate(place, first, message, at.path);
    return first === undefined;
  };
  const isNewName = (name: string, directive: Directive, at: Context): boolean => {
    const kind = directive.name.text;
    return isFirst(`${kind} ${name}`, `the ${kind} '${name}' stands twice`, directive, at);
  };

  for (const directive of directives) {
    const at = enter(context, directive);
    const key = directive.name.text;
    switch (key) {
      case 'http':
      case 'https': {
        const listener = readListener(directive, at);
        if (listener === undefined) break;
        const address = formatListener(listener);
        // Port 0 is another free port each time.
        const isNew =
          listener.port === 0 || isFirst(`listener ${address}`, `${address} is taken already`, directive, at);
        if (isNew) listeners[key].push(listener);
        break;
      }
      case 'edit_auth':
      case 'view_auth': {
        const pair = readCredentials(directive, at);
        if (pair !== undefined && isFirst(key, `${key} stands twice`, directive, at)) pairs.set(key, pair);
        break;
      }
      case 'stream': {
        const stream = readStream(directive, at);
        if (stream !== undefined && isNewName(stream.name, directive, at)) streams.push(stream);
        break;
      }
      case 'template': {
        const template = readTemplate(directive, at);
        if (template !== undefined && isNewName(template.name, directive, at)) templates.push(template);
        break;
      }
      default:
        passOver(directive, serverDirectives, context);
    }
  }
  const editAuth = pairs.get('edit_auth');
  const viewAuth = pairs.get('view_auth');
  return {
    ...listeners,
    ...(editAuth === undefined ? {} : { editAuth }),
    ...(viewAuth === undefined ? {} : { viewAuth }),
    streams,
    templates,
  };
}

function readCredentials(directive: Directive, context: Context): Credentials | undefined {
  const [user, password] = plainWords(directive, `${directive.name.text} USER PASSWORD`, context) ?? [];
  if (user === undefined || password === undefined) return undefined;
  // HTTP Basic ends the user at the first colon (RFC 7617 §2).
  if (user.text.includes(':')) {
    context.diagnostics.error(
      user,
      `expected a user name without ':', which HTTP Basic cannot carry`,
      context.path,
    );
  }
  return { user: user.text, password: password.text };
}
