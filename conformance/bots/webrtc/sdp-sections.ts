/** The lines of an SDP (RFC 8866 §5): those of the session first, then those of each m-line with it. */
export function sectionsOf(sdp: string): string[][] {
  const sections: string[][] = [[]];
  for (const line of sdp.split(/\r?\n/)) {
    if (line.startsWith('m=')) sections.push([]);
    sections.at(-1)?.push(line);
  }
  return sections;
}

/** The port of a section; 0: it is refused, or there is none. */
export function portOf(section: readonly string[]): number {
  return Number(/^m=\S+ ([0-9]+)/.exec(section[0] ?? '')?.[1] ?? 0);
}

/** Which way a section goes; one that says nothing goes both ways (RFC 8866 §6.7). */
export function directionOf(section: readonly string[]): string {
  return (
    section.find((line) => /^a=(sendrecv|sendonly|recvonly|inactive)$/.test(line))?.slice(2) ?? 'sendrecv'
  );
}

/** The payload types of a section, in the sender’s order of preference. */
export function formatsOf(section: readonly string[]): string[] {
  return section[0]?.split(' ').slice(3) ?? [];
}

/** The values of all attributes of that name. */
export function valuesOf(lines: readonly string[], name: string): string[] {
  return lines.filter((line) => line.startsWith(`a=${name}:`)).map((line) => line.slice(name.length + 3));
}
