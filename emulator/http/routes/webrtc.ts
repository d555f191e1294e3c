import { HttpError } from '../errors.ts';
import type { StreamRoutes } from '../stream-routes.ts';

/**
 * The HTTP side of the WebSocket addresses of older clients. The upgrade itself never comes here; what does
 * is a plain request, and the report of a client that failed to publish.
 */
export function webrtcRoutes(): StreamRoutes {
  const upgradeOnly = {
    methods: {
      GET: () => {
        throw new HttpError('upgrade-required', 'This address speaks WebSocket.', {
          upgrade: 'websocket',
          connection: 'Upgrade',
        });
      },
    },
  };
  return {
    webrtc: upgradeOnly,
    'webrtc/publish': upgradeOnly,
    'webrtc/publish-error': { methods: { POST: () => ({ status: 200 }) } },
  };
}
