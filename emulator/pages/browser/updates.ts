import type { PageLevels, PageState } from '../common/page-state.ts';
import { serverUrl } from './server-url.ts';

export interface UpdateHandlers {
  onState(state: PageState): void;
  onLevels(levels: PageLevels): void;
  /** The connection has broken, and is being made again. */
  onBroken(): void;
  /** The server has refused: it is not tried again. */
  onRefused(): void;
}

/** How often a page that nobody sees looks in: within the time that the server keeps a member for its page. */
const unseenEveryMs = 2000;

/**
 * Follows the server’s updates at a path. A page in a tab that nobody sees gives its connection back and fetches
 * the state from time to time: browsers keep six connections to a server, for all tabs together.
 * @returns ends it
 */
export function followUpdates(path: string, handlers: UpdateHandlers): () => void {
  let source: EventSource | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const close = () => {
    clearTimeout(timer);
    source?.close();
    source = undefined;
  };
  const open = () => {
    close();
    const opened = new EventSource(serverUrl(path));
    source = opened;
    opened.addEventListener('state', (event) => {
      if (document.visibilityState === 'hidden') lookInLater();
      handlers.onState(JSON.parse(event.data));
    });
    opened.addEventListener('levels', (event) => handlers.onLevels(JSON.parse(event.data)));
    opened.addEventListener('error', () => {
      if (opened.readyState === EventSource.CLOSED) handlers.onRefused();
      else handlers.onBroken();
    });
  };
  const lookInLater = () => {
    close();
    timer = setTimeout(open, unseenEveryMs);
  };
  const ended = new AbortController();
  document.addEventListener(
    'visibilitychange',
    () => {
      if (document.visibilityState === 'visible' && source === undefined) open();
    },
    { signal: ended.signal },
  );
  open();
  return () => {
    ended.abort();
    close();
  };
}
