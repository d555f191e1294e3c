import { gridOfEverybody } from '../../emulator/index.ts';

type Fit = (typeof gridOfEverybody)['fit'];

/** Remembers for each cell where its first picture went, and draws all of every later picture there. */
export function fitOfFirstShape(): Fit {
  const targets = new Map<string, ReturnType<Fit>['target']>();
  return (cell, picture, fit) => {
    const key = `${cell.x},${cell.y} ${cell.width}x${cell.height}`;
    const target = targets.get(key) ?? gridOfEverybody.fit(cell, picture, fit).target;
    targets.set(key, target);
    return { source: { x: 0, y: 0, ...picture }, target };
  };
}
