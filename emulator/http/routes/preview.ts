import { HttpError } from '../errors.ts';
import { requireStream } from '../find-stream.ts';
import type { Services } from '../services.ts';
import type { StreamRoutes } from '../stream-routes.ts';

/** `GET /ROOM/preview.jpg`: the present canvas, for people; as open as the picture itself. */
export function previewRoutes(services: Services): StreamRoutes {
  return {
    'preview.jpg': {
      methods: {
        GET: async ({ stream }, _request, reply) => {
          requireStream(services, stream);
          const preview = services.preview(stream);
          if (preview === undefined) throw new HttpError('unknown-path', 'This stream has no picture.');
          return reply
            .header('cache-control', 'no-store')
            .type('image/jpeg')
            .send(await preview);
        },
      },
    },
  };
}
