import type { DatabaseAddress } from "../database/connection.ts";

/** Why changes could not be followed, or not completely. */
export interface PreflightProblem {
  /** One sentence. */
  readonly problem: string;
  /** The SQL that an administrator of the database runs, or what else to do. */
  readonly remedy: string;
}

export interface PreflightOptions {
  readonly address: DatabaseAddress;
  readonly slot: string;
  readonly publications: readonly string[];
  /** Tables whose changes are needed. */
  readonly tables: readonly { readonly schema: string; readonly name: string }[];
  readonly signal: AbortSignal;
}
