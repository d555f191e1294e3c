import type { Profile } from '../profile.ts';
import { type Credentials, createGuard, type Guard, type SecretCheck } from './auth.ts';

/** Who may call what. */
export interface GuardPairs {
  /** Who may change things, and read too; missing: everybody. */
  readonly editAuth?: Credentials | undefined;
  /** Who may read; missing: everybody. */
  readonly viewAuth?: Credentials | undefined;
}

/** The checks of the API, and those of v3, which takes Bearer pairs as well. */
export type Guards = Readonly<Record<'mayEdit' | 'mayView' | 'mayEditV3' | 'mayViewV3', Guard>>;

/** Makes all checks of an API. */
export function createGuards(
  { editAuth, viewAuth }: GuardPairs,
  { errors: { realm } }: Profile,
  isSame: SecretCheck,
): Guards {
  const editPairs = editAuth ? [editAuth] : [];
  const viewPairs = viewAuth ? [viewAuth, ...editPairs] : [];
  return {
    mayEdit: createGuard({ realm, pairs: editPairs, isSame }),
    mayView: createGuard({ realm, pairs: viewPairs, isSame }),
    mayEditV3: createGuard({ realm, pairs: editPairs, isSame, acceptBearer: true }),
    mayViewV3: createGuard({ realm, pairs: viewPairs, isSame, acceptBearer: true }),
  };
}
