import type { Clause } from '../run/clause.ts';
import { managerClauses } from './api-manager.ts';
import { roomClauses } from './api-room.ts';

/** All clauses, in the order of the documentation and of the report. */
export const catalogue: readonly Clause[] = [...managerClauses, ...roomClauses];
