import { cpus } from 'node:os';

/** What a figure of speed depends on beyond the code. */
export interface Machine {
  /** `v20.19.0`. */
  readonly node: string;
  /** `linux x64`. */
  readonly platform: string;
  readonly cpuModel: string;
  readonly cpuCount: number;
}

/** Facts of the machine this runs on. */
export function machineFacts(): Machine {
  const all = cpus();
  return {
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    cpuModel: all[0]?.model.trim() || 'CPU of unknown make',
    cpuCount: all.length,
  };
}

/** The same as one line. */
export function machineLine(machine: Machine): string {
  return `node ${machine.node}, ${machine.platform}, ${machine.cpuCount} × ${machine.cpuModel}`;
}
