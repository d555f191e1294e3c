import type { Rect, Size } from '../../media/h264/i420.ts';
import type { VideoProfile } from '../profile.ts';
import type { CellPlan } from './composer/messages.ts';
import type { ShownMember, VideoParts } from './video-parts.ts';

/** A member as the plan needs it. */
export interface PlannedMember extends ShownMember {
  /** The composer's name for it. */
  readonly id: number;
  /** Of its newest picture. */
  readonly size: Size | undefined;
}

/** What is to be drawn. */
export interface GridPlan {
  readonly cells: readonly CellPlan[];
  /** True: another plan than the one before. */
  readonly changed: boolean;
  /** True: cells are elsewhere, or belong to others, than in the plan before. */
  readonly moved: boolean;
}

/** Decides what each cell of the canvas shows. It remembers the last plan, since most are like the one before. */
export class GridPlanner {
  readonly #profile: VideoProfile;
  readonly #parts: VideoParts;
  #grid: readonly Rect[] = [];
  #cells: CellPlan[] = [];
  /** What each cell of the last plan was made for. */
  #madeFor: string[] = [];
  #order = '';

  constructor(profile: VideoProfile, parts: VideoParts) {
    this.#profile = profile;
    this.#parts = parts;
  }

  /** @param members in the order of joining */
  plan(members: readonly PlannedMember[]): GridPlan {
    const order = members.map(({ id }) => id).join(' ');
    const moved = order !== this.#order;
    if (moved) {
      this.#order = order;
      this.#grid = this.#parts.grid(members.length, this.#profile);
      this.#madeFor = [];
      this.#cells = [];
    }
    let changed = moved;
    members.forEach((member, i) => {
      const { size } = member;
      const shows = size !== undefined && this.#parts.showsPicture(member, this.#profile.placeholderAfterMs);
      const refresh = shows && this.#parts.refreshes(member);
      const madeFor = shows ? `${size.width}x${size.height} ${refresh}` : 'placeholder';
      if (madeFor === this.#madeFor[i]) return;
      changed = true;
      this.#madeFor[i] = madeFor;
      const cell = this.#grid[i]!;
      const plan = { cell, member: member.id, label: member.name };
      this.#cells[i] = shows
        ? { ...plan, picture: { ...this.#parts.fit(cell, size, this.#profile.cellFit), size, refresh } }
        : plan;
    });
    return { cells: this.#cells, changed, moved };
  }

  /** The next plan counts as changed: the composer does not know the last one. */
  forget(): void {
    this.#order = '';
    this.#madeFor = [];
  }
}
