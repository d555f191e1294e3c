/** One thing that is said of the server: by the documentation page, an official client, a standard. */
export interface Statement {
  /** Stable, dotted: `page.mix.all`. The part before the first dot says who says it. */
  readonly id: string;
  /** Where it is said: a part of the page, a version of the client, a section of an RFC. */
  readonly where: string;
  /** What is said, in one sentence of our own. */
  readonly text: string;
  /** Why no clause measures it; missing where one does. */
  readonly untestable?: string;
}
