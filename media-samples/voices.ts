/** One speaker: what it says and how espeak-ng is to say it. */
export interface Voice {
  /** Also the name of the file. */
  readonly name: string;
  /** Language and variant of espeak-ng. */
  readonly espeakVoice: string;
  /** 0 to 99, 50 is the voice's own. */
  readonly pitch: number;
  readonly wordsPerMinute: number;
  readonly text: string;
}

/** The speakers, as different from each other as espeak-ng makes them. The texts were written for this project. */
export const voices: readonly Voice[] = [
  {
    name: 'anna',
    espeakVoice: 'en-us+f2',
    pitch: 62,
    wordsPerMinute: 165,
    text: 'The garden gate stayed open all night, and now three goats are asleep on our kitchen table.',
  },
  {
    name: 'bruce',
    espeakVoice: 'en-gb+m3',
    pitch: 22,
    wordsPerMinute: 150,
    text: 'The slow train to the harbour leaves at noon, so bring gloves and a map that shows every bridge.',
  },
  {
    name: 'fiona',
    espeakVoice: 'en-gb-scotland+f4',
    pitch: 80,
    wordsPerMinute: 180,
    text: 'I counted seventeen yellow umbrellas on the beach yesterday, although it did not rain until late in the evening.',
  },
  {
    name: 'george',
    espeakVoice: 'en-gb-x-rp+m7',
    pitch: 40,
    wordsPerMinute: 170,
    text: 'My neighbour repairs old clocks. Each strikes at its own hour, so nobody here is ever on time.',
  },
  {
    name: 'sheila',
    espeakVoice: 'en-us+f5',
    pitch: 45,
    wordsPerMinute: 190,
    text: 'Please pour the soup before the guests sit down, and put the lemon cake near the open window with the other plates.',
  },
  {
    name: 'victor',
    espeakVoice: 'en-029+m1',
    pitch: 58,
    wordsPerMinute: 160,
    text: 'Far above the valley a small red kite was circling. We watched it vanish behind the oldest church.',
  },
];
