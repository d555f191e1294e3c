import { HttpError } from '../errors.ts';
import { requireStream } from '../find-stream.ts';
import type { Services } from '../services.ts';
import type { StreamRoutes } from '../stream-routes.ts';

/** `GET /ROOM/preview.jpg`: the present canvas, for people; as open as the picture itself. */
export function previewRoutes(services: Services): StreamRoutes {
  return {
    'preview.jpg': {
      methods: {
        GET: async ({ stream }) => {
          requireStream(services, stream);
          const preview = services.preview(stream);
          if (preview === undefined) throw new HttpError('unknown-path', 'This stream has no picture.');
          return {
            status: 200,
            headers: { 'cache-control': 'no-store', 'content-type': 'image/jpeg' },
            body: await preview,
          };
        },
      },
    },
  };
}
