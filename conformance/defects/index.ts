import { commandDefects } from './commands.ts';
import { configurationDefects } from './configuration.ts';
import type { Defect } from './defect.ts';
import { deliveryDefects } from './delivery.ts';
import { errorDefects } from './errors.ts';
import { mixDefects } from './mix.ts';
import { muteDefects } from './mute.ts';
import { pictureDefects } from './picture.ts';
import { sessionDefects } from './sessions.ts';
import { trackNumberDefects } from './track-numbers.ts';
import { webSocketDefects } from './websocket.ts';

export type { Defect } from './defect.ts';

/** All deliberate mistakes, by name. */
export const defects = {
  ...configurationDefects,
  ...commandDefects,
  ...trackNumberDefects,
  ...errorDefects,
  ...sessionDefects,
  ...webSocketDefects,
  ...mixDefects,
  ...muteDefects,
  ...deliveryDefects,
  ...pictureDefects,
} as const satisfies Readonly<Record<string, Defect>>;

export type DefectName = keyof typeof defects;
