import type { ClauseLevel, ClauseResult, Report, Verdict } from '../report.ts';
import {
  sampleHeatMap,
  sampleHttp,
  sampleMeasurements,
  samplePackets,
  samplePictures,
  sampleSeries,
  sampleSound,
  sampleTranscript,
  sampleWaveform,
} from './sample-evidence.ts';

/**
 * A report as a run could have made it, with every verdict and every kind of evidence: what the reporters
 * are tested with, and what their pages are looked at with. It is made up: no server was measured.
 */
export function sampleReport(): Report {
  return {
    toolVersion: '0.1.0',
    startedAt: '2026-11-22T23:06:29.412Z',
    durationMs: 83_412,
    seed: 1_482_907,
    target: { name: 'emulator started by the suite', server: 'Streamer 20.08' },
    environment: { node: '20.20.2', platform: 'linux x64' },
    results: [...roomCalls(), ...memberCalls(), ...audio(), ...playback(), ...video()],
  };
}

function roomCalls(): ClauseResult[] {
  return [
    sampleResult('rooms.add', 'add_room makes a room', 'pass', 41, {
      evidence: [sampleHttp('add_room', ['lobby', '64', '48000', '480'], 200, { success: true })],
    }),
    sampleResult('rooms.list', 'list_room names the rooms', 'pass', 12, {
      evidence: [sampleHttp('list_room', [], 200, ['lobby', 'stage'])],
    }),
    sampleResult('rooms.stats.shape', 'The answer to stats has a shape of its own', 'observed', 15, {
      level: 'undocumented',
      actual:
        'An array of one object per room with the keys name, bitrate, samplerate, samples, count, clients, uptime.',
      evidence: [
        sampleHttp('stats', [], 200, [
          {
            name: 'lobby',
            bitrate: 64,
            samplerate: 48000,
            samples: 480,
            count: 1,
            clients: ['all'],
            uptime: 2,
          },
        ]),
      ],
    }),
    sampleResult('rooms.remove', 'remove_room deletes a room', 'pass', 18),
    sampleResult('rooms.samples.4800', 'The sample rate of 4800 in the prose is refused', 'observed', 9, {
      level: 'undocumented',
      actual: '400 with a sentence that lists the usable rates.',
    }),
  ];
}

function memberCalls(): ClauseResult[] {
  return [
    sampleResult('members.add.track-id', 'add_stream answers with the track of the member', 'pass', 22, {
      evidence: [sampleHttp('add_stream', ['alice'], 200, { track_id: 'a2' })],
    }),
    sampleResult(
      'members.remove.track-id',
      'remove_stream answers with the track of the member',
      'fail',
      31,
      {
        expected: 'JSON with the track number that add_stream gave to the stream: a2.',
        actual: '200 with an empty object; there is no track number in the answer.',
        evidence: [
          sampleHttp('add_stream', ['alice'], 200, { track_id: 'a2' }),
          sampleHttp('remove_stream', ['alice'], 200, {}),
        ],
      },
    ),
    sampleResult('members.stat.count', 'stat counts the clients of a room', 'pass', 19, {
      evidence: [sampleHttp('stat', [], 200, { count: 4, clients: ['all', 'alice', 'bob', 'carol'] })],
    }),
    sampleResult('members.auth', 'Calls without credentials are refused', 'pass', 8),
  ];
}

function audio(): ClauseResult[] {
  return [
    sampleResult('audio.minus-self.quiet', 'Nobody hears itself while all talk quietly', 'pass', 5210, {
      expected: 'Own voice at most −50 dB, the others within ±1 dB.',
      actual: 'Own voice at most −68.9 dB, the others within 0.3 dB.',
      evidence: [
        sampleHeatMap('Who is heard where, quiet', (index) => -69 - index),
        sampleMeasurements('Levels in track a2', true),
        sampleSound('What was heard in each track'),
      ],
    }),
    sampleResult(
      'audio.minus-self.loud-tones',
      'Nobody hears itself while all are near full scale',
      'fail',
      5344,
      {
        expected: 'Own voice at most −50 dB in every track, quiet and loud.',
        actual:
          'alice hears itself at −17.9 dB and dave at −18.6 dB: the sum is limited before the own voice is taken out.',
        evidence: [
          sampleHeatMap(
            'Who is heard where, loud',
            (index) => (index % 3 === 0 ? -17.9 - index / 4 : -61 - index),
            -0.4,
          ),
          sampleMeasurements('Levels in track a2', false),
        ],
      },
    ),
    sampleResult('audio.delay.p95', 'From mouth to mix in 70 ms', 'pass', 8100, {
      expected: 'p95 at most 70 ms.',
      actual: 'p95 61.7 ms over 500 words.',
      evidence: [
        sampleSeries('Mouth to mix', 'ms', 52, 500, 70),
        sampleSound('What was heard in each track'),
      ],
    }),
    sampleResult('audio.gap.join', 'Nobody is cut off while somebody joins', 'fail', 4400, {
      expected: 'No gap of more than 40 ms in any track.',
      actual: 'A gap of 60 ms in track a2, 0.7 s after bob joined.',
      evidence: [
        sampleWaveform('Track a2 while bob joins', 2.2),
        sampleSeries('Time between packets of track a2', 'ms', 20, 90, 40),
        samplePackets(),
        sampleTranscript(),
      ],
    }),
    sampleResult('audio.mute.server', 'mute-audio silences a member for everybody', 'pass', 3900, {
      flaky: true,
      evidence: [sampleHttp('mute-audio', ['bob'], 200, { track_id: 'a3' })],
    }),
    sampleResult('audio.mute.second-call', 'A second mute-audio', 'observed', 3700, {
      level: 'undocumented',
      actual: 'It unmutes: the call is a toggle.',
    }),
    sampleResult('audio.speech', 'Recorded speech survives the mix', 'error', 2100, {
      reason: 'The publisher of this clause lost its connection (ICE failed) before 2.5 s were recorded.',
      evidence: [
        {
          type: 'note',
          title: 'Log of the publisher',
          text: '23:07:01.204 ICE checking\n23:07:01.388 ICE connected\n23:07:03.107 ICE failed: consent expired (RFC 7675)',
        },
      ],
    }),
  ];
}

function playback(): ClauseResult[] {
  return [
    sampleResult('play.whep.status', 'WHEP answers 201', 'pass', 240, { level: 'client-required' }),
    sampleResult('play.whep.sid', 'WHEP names the session in X-Sid', 'pass', 238, {
      level: 'client-required',
    }),
    sampleResult('play.websocket.config', 'The first frame holds a config object', 'pass', 190, {
      level: 'client-required',
    }),
    sampleResult('play.media-info', 'media_info.json lists the tracks', 'pass', 33, {
      level: 'client-required',
    }),
  ];
}

function video(): ClauseResult[] {
  const reason = 'The room says disable_video=true, so it has no video track.';
  return [
    sampleResult('video.grid.everybody-once', 'Every member is in the picture once', 'not-applicable', 2, {
      reason,
    }),
    sampleResult('video.grid.leave', 'A cell goes when its member leaves', 'not-applicable', 1, {
      reason,
      evidence: [
        { type: 'note', title: 'What the target said', text: 'media_info.json lists audio tracks only.' },
        samplePictures('The grid'),
      ],
    }),
  ];
}

/** One result with texts of its own; `rest` replaces what a test is about. */
export function sampleResult(
  id: string,
  title: string,
  verdict: Verdict,
  durationMs: number,
  rest: Partial<Omit<ClauseResult, 'clause' | 'verdict'>> & { readonly level?: ClauseLevel } = {},
): ClauseResult {
  const { level = 'documented', ...result } = rest;
  return {
    clause: {
      id,
      title,
      level,
      source: sources[level],
      requirement: `${title}, for as long as the room exists and whoever else is in it.`,
      statements: statements[level],
      needs: ['whip', 'whep'],
    },
    verdict,
    durationMs,
    evidence: [],
    reproduce: `mosaic2 conformance --seed 1482907 --only ${id}`,
    ...result,
  };
}

const statements: Readonly<Record<ClauseLevel, readonly string[]>> = {
  documented: ['page.mix.own.without-self', 'page.mix.own.others'],
  'client-required': ['client.session-id'],
  undocumented: ['page.mix.all'],
};

const sources: Readonly<Record<ClauseLevel, string>> = {
  documented: 'Dynamic Chat Rooms, “Configuration and usage”',
  'client-required': '@flussonic/flussonic-webrtc-player 24.7.1',
  undocumented: 'Said by nobody',
};
