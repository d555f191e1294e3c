import type { SensitivityOptions } from './run.ts';

/** What the published page tries, `trials` aside. Ten members take three times as long as three. */
export const sensitivityPlan = {
  rooms: [
    { members: 3, bitratesKbps: [16, 24, 32, 48, 64, 96, 128] },
    { members: 5, bitratesKbps: [16, 32, 64, 128] },
    { members: 10, bitratesKbps: [32, 64] },
  ],
  losses: [0, 0.05],
  leaksDb: [-20, -30, -40, -45, -48, -50, -55, -60],
} as const satisfies Omit<SensitivityOptions, 'trials'>;

/** How often the published page tries each. */
export const publishedTrials = 100;
