import { type EmulatorParts, minusSelfMix, straightToListeners } from '../../emulator/index.ts';
import type { Defects } from './defect.ts';
import { halvesExchanged } from './halves-exchanged.ts';

type LiveParts = NonNullable<EmulatorParts['live']>;

/** Another way of sound or picture to listeners. */
function delivering(part: Partial<LiveParts>): EmulatorParts {
  return { live: { ...straightToListeners, ...part } };
}

/** Sends everything, and each a while later. */
function late(delayMs: number) {
  return <Frame>(send: (frame: Frame) => void) =>
    (frame: Frame) =>
      void setTimeout(send, delayMs, frame).unref();
}

/** Of every period, holds back what comes in its first part, and sends it at once then. */
function inBursts(heldBackMs: number, periodMs: number) {
  return <Frame>(send: (frame: Frame) => void) => {
    let waiting: Frame[] = [];
    return (frame: Frame) => {
      waiting.push(frame);
      if (performance.now() % periodMs < heldBackMs) return;
      for (const one of waiting) send(one);
      waiting = [];
    };
  };
}

/** A queue between the mix of a track and its encoder. */
function queueing(create: () => (frame: Int16Array) => void): EmulatorParts {
  return {
    mix: {
      ...minusSelfMix,
      createLimiter() {
        const limiter = minusSelfMix.createLimiter();
        const pass = create();
        return {
          limit(wide, out) {
            limiter.limit(wide, out);
            pass(out);
          },
        };
      },
    },
  };
}

/** Holds so many frames. Replaces a frame in place by the one whose turn it is. */
function delayLine(frames: number): (frame: Int16Array) => void {
  const waiting: Int16Array[] = [];
  return (frame) => {
    waiting.push(frame.slice());
    frame.fill(0);
    if (waiting.length > frames) frame.set(waiting.shift()!);
  };
}

/** Takes in one frame of so many twice, and never makes up for it. */
function growingLine(every: number): (frame: Int16Array) => void {
  const waiting: Int16Array[] = [];
  let taken = 0;
  return (frame) => {
    taken += 1;
    waiting.push(frame.slice());
    if (taken % every === 0) waiting.push(frame.slice());
    frame.set(waiting.shift()!);
  };
}

/**
 * Plays at another rate than it is given: every sample lies a little further on, or less far, than the one before. What has
 * waited for 200 ms is left out by half, as a mixer does that falls behind.
 */
function driftingLine(rate: number): (frame: Int16Array) => void {
  let waiting: number[] = [];
  let at = 0;
  return (frame) => {
    waiting.push(...frame);
    for (let i = 0; i < frame.length; i += 1) {
      const whole = Math.floor(at);
      const part = at - whole;
      frame[i] = Math.round(waiting[whole]! * (1 - part) + (waiting[whole + 1] ?? waiting[whole]!) * part);
      at += rate;
    }
    if (waiting.length - at > 9600) at += 4800;
    const done = Math.floor(at);
    waiting = waiting.slice(done);
    at -= done;
  };
}

/** The second viewer of a room is sent something else than the others. */
function everySecondViewer(other: LiveParts['deliverVideo']): EmulatorParts {
  let viewers = 0;
  return delivering({
    deliverVideo(send) {
      viewers += 1;
      return viewers % 2 === 0 ? other(send) : send;
    },
  });
}

/** Pictures of the second member of a room come into it a while later. */
function secondMemberLate(delayMs: number): LiveParts['takeVideo'] {
  return (take) => {
    const members = new Set<string>();
    return (stream, packet, arrivalMs) => {
      members.add(stream);
      if ([...members][1] !== stream) return take(stream, packet, arrivalMs);
      setTimeout(take, delayMs, stream, packet, arrivalMs + delayMs).unref();
    };
  };
}

/** Mistakes in the timing of what is sent, and in its clocks. */
export const deliveryDefects = {
  'mix-400-ms-late': {
    description: 'every track goes through a queue of 400 ms',
    parts: queueing(() => delayLine(20)),
    caughtBy: ['audio.delay'],
    untouched: ['audio.delay.steady', 'audio.stalls'],
  },
  'delay-grows': {
    description: 'a queue in front of each encoder grows by 10 ms every second',
    parts: queueing(() => growingLine(100)),
    caughtBy: ['audio.delay.steady'],
    untouched: ['audio.stalls'],
  },
  'mix-drifts': {
    description: 'the mix is played 500 millionths too slowly, as by a sample clock of its own',
    parts: queueing(() => driftingLine(0.9995)),
    caughtBy: ['audio.pitch'],
    untouched: ['audio.all.everybody', 'audio.delay.steady'],
  },
  'sound-in-bursts': {
    description: 'packets are held back for 300 ms every two seconds; their timestamps are even',
    parts: delivering({ deliverAudio: inBursts(300, 2000) }),
    caughtBy: ['audio.stalls'],
    untouched: ['audio.gaps'],
  },
  'timestamps-at-16-khz': {
    description: 'RTP timestamps of sound count at 16 kHz instead of 48 kHz',
    parts: delivering({
      deliverAudio: (send) => (frame) => send({ ...frame, samplesAt48k: frame.samplesAt48k / 3 }),
    }),
    caughtBy: ['audio.opus.frame-duration'],
    untouched: ['audio.opus.bitrate'],
  },
  'picture-500-ms-late': {
    description: 'pictures are sent half a second after they were drawn',
    parts: delivering({ deliverVideo: late(500) }),
    caughtBy: ['video.delay', 'video.lip-sync'],
    untouched: ['video.same-for-everybody', 'video.everybody-moves'],
  },
  'sound-200-ms-late': {
    description: 'sound is sent 200 ms after it was mixed: lips move first',
    parts: delivering({ deliverAudio: late(200) }),
    caughtBy: ['video.lip-sync'],
    untouched: ['video.delay', 'video.everybody-moves'],
  },
  'second-viewer-late': {
    description: 'the second viewer sees another picture than the first: one of two seconds ago',
    parts: everySecondViewer(late(2000)),
    caughtBy: ['video.same-for-everybody'],
    untouched: ['video.everybody-moves', 'video.delay'],
  },
  'second-viewer-has-another-layout': {
    description:
      'the second viewer sees the left half of the grid on the right, and the right one on the left',
    parts: everySecondViewer(halvesExchanged),
    caughtBy: ['video.same-for-everybody'],
    untouched: ['video.everybody-moves', 'video.canvas.constant', 'video.join.seen', 'video.leave.gone'],
  },
  'cell-stale': {
    description: 'the second member’s cell shows what it published two seconds ago; everybody moves',
    parts: delivering({ takeVideo: secondMemberLate(2000) }),
    caughtBy: ['video.delay'],
    untouched: ['video.everybody-moves', 'video.same-for-everybody'],
  },
  'keyframe-never-on-request': {
    description: 'who asks for a keyframe by PLI waits for the next one that is due anyway',
    parts: delivering({ askForKeyframe: () => () => {} }),
    caughtBy: ['video.keyframe-on-request'],
    untouched: ['video.first-picture', 'video.everybody-moves', 'video.same-for-everybody'],
  },
  'no-keyframe-for-newcomers': {
    description: 'a new viewer waits for the next keyframe that is due anyway',
    parts: delivering({
      deliverVideo(send) {
        let keyframes = 0;
        return (frame) => {
          if (frame.keyframe) keyframes += 1;
          // The first one was made for the newcomer.
          if (keyframes > 1) send(frame);
        };
      },
    }),
    caughtBy: ['video.first-picture'],
    untouched: ['video.same-for-everybody', 'video.everybody-moves'],
  },
} as const satisfies Defects;
