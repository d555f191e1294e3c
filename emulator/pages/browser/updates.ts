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

/** Follows the server’s updates at a path. @returns ends it */
export function followUpdates(path: string, handlers: UpdateHandlers): () => void {
  const source = new EventSource(serverUrl(path));
  source.addEventListener('state', (event) => handlers.onState(JSON.parse(event.data)));
  source.addEventListener('levels', (event) => handlers.onLevels(JSON.parse(event.data)));
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) handlers.onRefused();
    else handlers.onBroken();
  });
  return () => source.close();
}
