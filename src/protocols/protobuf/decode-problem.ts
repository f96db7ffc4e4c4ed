/** A part of a message that cannot be read, on its way to becoming a ServiceError with its path. */
export class DecodeProblem extends Error {
  override readonly name = "DecodeProblem";
  /** Names from the outermost, such as `payments[3].fee`. */
  readonly path: string;
  /** Completes the path: `must be …`. Never a received value. */
  readonly problem: string;

  constructor(problem: string, path = "") {
    super(`${path} ${problem}`);
    this.path = path;
    this.problem = problem;
  }

  /** Returns a problem that happened inside of a named part. */
  static in(name: string, reason: unknown): DecodeProblem {
    const { path, problem } = problemOf(reason);
    return new DecodeProblem(problem, path === "" ? name : `${name}.${path}`);
  }
}

/** Returns what is wrong; for an error of the library's reader too, whose texts describe bytes only. */
export function problemOf(reason: unknown): { readonly path: string; readonly problem: string } {
  if (reason instanceof DecodeProblem) return reason;
  if (reason instanceof RangeError) return { path: "", problem: "ends before its last byte" };
  return { path: "", problem: `cannot be decoded: ${reason instanceof Error ? reason.message : String(reason)}` };
}
