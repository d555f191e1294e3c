import { pageReply } from '../page-reply.ts';
import type { Services } from '../services.ts';
import type { StreamRoutes } from '../stream-routes.ts';

/**
 * `GET /STREAM/embed.html?proto=webrtc&tracks=v1a3`: the player page of a stream, as open as WHEP is. The page
 * comes for a stream that is not there, too, with the status that says so: it waits for the stream.
 */
export function embedRoutes(services: Services): StreamRoutes {
  return {
    'embed.html': {
      methods: {
        GET: ({ stream }) =>
          pageReply(
            'embed',
            services.stream(stream) ? 200 : services.profile.errors.status['unknown-stream'],
          ),
      },
    },
  };
}
