import { describe, expect, it } from 'vitest';
import { BotHttpError } from '../webrtc/http-request.ts';
import type { SignallingKind } from '../webrtc/session.ts';
import { agreeing } from './agreeing.ts';

/** A server that takes some kinds, and refuses the others. */
function server(answers: Partial<Record<SignallingKind, Error>>) {
  const asked: SignallingKind[] = [];
  const connect = async (signalling: SignallingKind) => {
    asked.push(signalling);
    const refusal = answers[signalling];
    if (refusal !== undefined) throw refusal;
    return 'bot';
  };
  return { asked, connect };
}

const status = (code: number) => new BotHttpError('POST http://h/a/whip', { status: code, body: 'no' });

describe('agreeing on a signalling', () => {
  it('asks for WHIP first, and for nothing else where the server has it', async () => {
    const { asked, connect } = server({});
    expect(await agreeing('auto', connect)).toEqual({ bot: 'bot', signalling: 'whip' });
    expect(asked).toEqual(['whip']);
  });

  it.each([404, 405, 426, 501])('goes on to WebSocket where WHIP is answered %i', async (code) => {
    const { connect } = server({ whip: status(code) });
    expect(await agreeing('auto', connect)).toEqual({ bot: 'bot', signalling: 'websocket' });
  });

  it.each([status(400), status(403), status(500), new Error('nobody is there')])(
    'does not where it is refused otherwise: %s',
    async (refusal) => {
      const { asked, connect } = server({ whip: refusal });
      await expect(agreeing('auto', connect)).rejects.toBe(refusal);
      expect(asked).toEqual(['whip']);
    },
  );

  it('tells the words of both where both refuse', async () => {
    const { connect } = server({ whip: status(404), websocket: new Error('unknown-stream') });
    await expect(agreeing('auto', connect)).rejects.toThrow(/HTTP 404: no; unknown-stream$/);
  });

  it.each(['whip', 'websocket'] as const)('tries %s alone where it is told to', async (kind) => {
    const { asked, connect } = server({ [kind]: status(404) });
    await expect(agreeing(kind, connect)).rejects.toThrow('HTTP 404');
    expect(asked).toEqual([kind]);
  });
});
