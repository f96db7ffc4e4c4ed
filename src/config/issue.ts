/** One mistake in the settings. */
export interface ConfigIssue {
  /** `PORT`, or the path of a key in the file: `sources[0].config.apiKey`. */
  readonly path: string;
  /**
   * What is wrong, as the end of a sentence that begins with the path: mostly "must be …". It may contain the names of
   * settings and types of values, never a value: that may be a secret.
   */
  readonly expected: string;
}

/** Most mistakes in the message: one mistake may be repeated in each of thousands of sources. */
const MAX_LINES = 100;

/** All mistakes in the settings at once. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly issues: readonly ConfigIssue[];

  constructor(found: readonly ConfigIssue[]) {
    // One issue per path: a consequence of a first mistake (a variable that is not set is also too short) adds no
    // information.
    const issues = [...new Map(found.toReversed().map((issue) => [issue.path, issue])).values()].toReversed();
    const lines = issues.slice(0, MAX_LINES).map((issue) => `  ${issue.path}: ${issue.expected}`);
    if (issues.length > MAX_LINES) lines.push(`  and ${issues.length - MAX_LINES} more`);
    super(`${issues.length} ${issues.length === 1 ? "setting is" : "settings are"} wrong\n${lines.join("\n")}`);
    this.issues = issues;
  }
}
