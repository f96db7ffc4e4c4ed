/** Where the demo speaks to a person: `process.stdout`, or a replacement in a test. */
export interface Screen {
  /** True: lines can be drawn again in place. */
  readonly isTTY?: boolean;
  /** Characters in a line of a terminal. */
  readonly columns?: number;
  write(text: string): unknown;
}

/** Erases the line that the cursor is on, and goes to its beginning. */
export const ERASE_LINE = "\r\u001b[2K";

/** Goes up to the beginning of an earlier line. */
export function linesUp(count: number): string {
  return `\u001b[${count}F`;
}

/** Milliseconds as seconds with one digit: `3.1 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
