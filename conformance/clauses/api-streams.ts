import { encodePath } from '../http/api-client.ts';
import type { Clause } from '../run/clause.ts';
import { judge, notApplicable } from '../run/clause.ts';
import { streamNames } from '../run/v3-streams.ts';
import { SuiteRoom } from '../scenarios/suite-room.ts';
import { answerText } from '../scenarios/text.ts';

/** URLs of a stream's inputs, as the v3 API tells them. */
function inputUrls(json: unknown): readonly string[] {
  const { inputs } = (json ?? {}) as { readonly inputs?: unknown };
  return Array.isArray(inputs) ? inputs.map((input) => String(input?.url)) : [];
}

/** Names of the streams that a server of the chat-room era lists; undefined where it lists none. */
function listedNames(json: unknown): readonly string[] | undefined {
  const { streams } = (json ?? {}) as { readonly streams?: unknown };
  return Array.isArray(streams) ? streams.map((stream) => String(stream?.name)) : undefined;
}

/** What a join does to the streams of the server. */
export const streamClauses: readonly Clause[] = [
  {
    id: 'api.add-stream.in-configuration',
    title: 'the stream that add_stream makes is among the server’s, with input publish://',
    level: 'documented',
    source: 'Configuration and usage, step 3',
    requirement:
      'From add_stream on, before anything is published, the server has a stream of that name whose input is publish://.',
    statements: ['page.room.in-configuration', 'page.room.publish-input'],
    needs: [],
    run: (context) =>
      SuiteRoom.use(context, 'in-configuration', async (room) => {
        const { stream } = await room.add('alice');
        const shown = await context.api.request(`/streamer/api/v3/streams/${encodePath(stream)}`);
        if (shown.status === 200 || (await streamNames(context.api)) !== undefined) {
          return judge(
            inputUrls(shown.json).some((url) => url.startsWith('publish://')),
            {
              expected: `${stream} with an input publish://`,
              actual: answerText(shown),
              evidence: [shown.evidence],
            },
          );
        }
        // Without the v3 API a server may still tell names; what inputs look like there is not known.
        const listed = await context.api.request('/flussonic/api/streams');
        const names = listedNames(listed.json);
        if (names === undefined) {
          return notApplicable('the server lists its streams neither by the v3 API nor by the one before', [
            shown.evidence,
            listed.evidence,
          ]);
        }
        return judge(names.includes(stream), {
          expected: `${stream} among the streams`,
          actual: names.includes(stream) ? 'it is' : `it is not, of ${names.length}`,
          evidence: [listed.evidence],
        });
      }),
  },
];
