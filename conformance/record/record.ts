import { redactor } from '../http/redact.ts';
import type { RunContext } from '../run/context.ts';
import { probes as allProbes, unrecoverableFields } from './fields.ts';
import { Findings } from './findings.ts';
import { Lab } from './lab.ts';
import type { Probe } from './probe.ts';

/** What somebody who waits may be told. */
export interface RecordEvents {
  probeStarted?(probe: Probe): void;
}

/**
 * Finds out what a server decides where the documentation is silent, experiment by experiment. What the
 * experiments make goes with each of them, and what is left over then, with the context.
 * @param context its signal ends it early: what was found until then is returned
 */
export async function recordServer(
  context: RunContext,
  events: RecordEvents = {},
  probes: readonly Probe[] = allProbes,
): Promise<Findings> {
  const findings = new Findings(redactor(context.target.credentials));
  for (const probe of probes) {
    if (!context.signal.aborted) {
      events.probeStarted?.(probe);
      await tryProbe(probe, context, findings);
    }
    for (const path of probe.fields) {
      if (!findings.has(path)) findings.unknown(path, 'nothing was seen of it: the recording was ended');
    }
  }
  for (const [path, reason] of Object.entries(unrecoverableFields)) findings.unknown(path, reason);
  return findings;
}

async function tryProbe(probe: Probe, context: RunContext, findings: Findings): Promise<void> {
  const lab = new Lab(context);
  try {
    await probe.run(lab, findings);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    for (const path of probe.fields) if (!findings.has(path)) findings.unknown(path, reason);
  } finally {
    await lab.clear();
  }
}
