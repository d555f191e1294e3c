import { probes } from '../record/fields.ts';
import { Findings } from '../record/findings.ts';
import { Lab } from '../record/lab.ts';
import type { Probe } from '../record/probe.ts';
import type { NoteEvidence } from '../report.ts';
import { type Clause, notApplicable, type Outcome, observed } from '../run/clause.ts';
import type { RunContext } from '../run/context.ts';

/** What each experiment of the recorder is as a clause. */
const asClauses: Readonly<Record<string, Pick<Clause, 'id' | 'statements' | 'needs' | 'exclusive'>>> = {
  'the server’s name and version': { id: 'decisions.server', statements: ['page.manager.call'], needs: [] },
  'a call without credentials': {
    id: 'decisions.credentials',
    statements: ['page.manager.credentials'],
    needs: ['credentials'],
  },
  'the manager’s answers and an empty room': {
    id: 'decisions.manager',
    statements: ['page.manager.add-room', 'page.manager.stats', 'page.manager.list-room'],
    needs: [],
  },
  'members and their tracks': {
    id: 'decisions.members',
    statements: ['page.room.add-stream.answer', 'page.room.stat'],
    needs: [],
  },
  'calls that cannot be carried out': {
    id: 'decisions.errors',
    statements: ['page.manager.call'],
    needs: [],
  },
  'the documented path of a room': { id: 'decisions.room-path', statements: ['page.room.call'], needs: [] },
  'a full room': { id: 'decisions.full-room', statements: ['page.room.add-stream'], needs: [] },
  'muting, by ear': {
    id: 'decisions.mute',
    statements: ['page.room.mute-audio'],
    needs: ['whip', 'whep'],
    // It takes seconds, and looks at its own room only.
    exclusive: false,
  },
  'the picture of a room': {
    id: 'decisions.picture',
    statements: ['page.grid.size'],
    needs: ['video', 'whip', 'whep'],
  },
};

/** Everything that a profile can hold and an experiment can tell: what mosaic2 record finds out. */
export const decisionClauses: readonly Clause[] = probes.map((probe) => ({
  title: `what the server decides: ${probe.name}`,
  level: 'undocumented',
  source: 'left open by Configuration and usage',
  requirement: `What is seen of ${probe.fields.join(', ')}.`,
  // They count rooms and members of the whole server, or watch closely.
  exclusive: true,
  ...asClauses[probe.name]!,
  run: (context) => look(probe, context),
}));

async function look(probe: Probe, context: RunContext): Promise<Outcome> {
  if (probe.fields.includes('video.fps')) {
    if (context.target.configured?.pictures[0] === undefined) {
      return notApplicable('the target’s configuration has no room with disable_video=false for the suite');
    }
    if (context.target.bars !== undefined) {
      return notApplicable('what the target promises of its picture is judged by the clauses on it');
    }
  }
  // Texts are redacted with the outcome.
  const findings = new Findings((text) => text);
  const lab = new Lab(context);
  try {
    await probe.run(lab, findings);
  } finally {
    await lab.clear();
  }
  const values = [...findings.values].map(([path, { value }]) => [path, value] as const);
  const unknown = [...findings.unknowns].map(([path, reason]) => `${path} unknown: ${reason}`);
  const seen = values.map(([path, value]) => `${path} ${JSON.stringify(value)}`);
  return observed([...seen, ...unknown].join('; '), notes(findings), Object.fromEntries(values));
}

function notes(findings: Findings): NoteEvidence[] {
  return [...findings.values, ...findings.observations].map(([path, { evidence }]) => ({
    type: 'note',
    title: path,
    text: evidence.join('\n'),
  }));
}
