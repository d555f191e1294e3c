import { BotHttpError } from '../webrtc/http-request.ts';
import type { SignallingKind } from '../webrtc/session.ts';
import type { SignallingWish } from './messages.ts';

/** What a server answers to WHIP and WHEP that knows neither: older ones answer 404 to what they do not know. */
export const withoutWhip: readonly number[] = [404, 405, 426, 501];

/**
 * Connects by the signalling that is wished for. Where that is left open, WHIP and WHEP come first; what they are
 * refused for may be the stream, which is unknown as well: then WebSocket is refused too.
 * @throws the error of the one signalling; Error with the words of both
 */
export async function agreeing<Bot>(
  wish: SignallingWish,
  connect: (signalling: SignallingKind) => Promise<Bot>,
): Promise<{ readonly bot: Bot; readonly signalling: SignallingKind }> {
  if (wish !== 'auto') return { bot: await connect(wish), signalling: wish };
  try {
    return { bot: await connect('whip'), signalling: 'whip' };
  } catch (refusal) {
    if (!(refusal instanceof BotHttpError) || !withoutWhip.includes(refusal.status)) throw refusal;
    const bot = await connect('websocket').catch((error: Error) => {
      throw new Error(`${refusal.message}; ${error.message}`, { cause: error });
    });
    return { bot, signalling: 'websocket' };
  }
}
