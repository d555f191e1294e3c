/**
 * The tones of all bots, in Hz. A mixer that limits or wraps, and any codec, makes new tones out of those it
 * gets, at `f_j + f_k - f_l`, `2f`, `3f` and so on. If one of them fell on the tone of a bot that is not in
 * the mix, it would be taken for a leak. So the numbers were searched for such that over the whole table
 *
 * - no `f_j + f_k - f_l`, `2f` or `3f` comes within 25 Hz of a tone (12 Hz where it is negative and folds);
 * - no sum of three tones comes within 12 Hz, no sum or difference of two within 3 Hz;
 * - among the first six, no fifth-order product comes within 12 Hz of a tone that is not part of it, and they
 *   are at least 300 Hz apart: a fast Opus encoder smears its noise around each tone, and closer ones raise
 *   each other's floor by 10 dB and more;
 * - any two tones are at least 130 Hz apart, so that 20 ms of sound are enough to tell them apart.
 *
 * All are whole numbers of Hz: one second of any of them loops without a seam. Evenly spaced tones, and
 * series that merely look uneven (311, 457, 691, 1013, 1511, 2203, 3109), do not have these properties.
 */
export const botTonesHz = [333, 702, 1284, 1826, 2628, 3468, 1429, 954, 4515, 6660, 6883, 8477] as const;

/** How many of `botTonesHz`, from the first, fit a narrowband room (8000 Hz samplerate, 4 kHz of sound). */
export const narrowbandBotCount = 8;

/**
 * One tone for each audio bandwidth of Opus, from narrowband to fullband (RFC 6716 §2, table 1): limits at
 * 4, 6, 8, 12 and 20 kHz. They belong to the same table and keep the same distances.
 */
export const bandProbeTonesHz = [2814, 5430, 7161, 11465, 14840] as const;

/** Every tone that a bot can send: what a level measurement has to fit at once. */
export const allTonesHz: readonly number[] = [...botTonesHz, ...bandProbeTonesHz];
