import type { RunningSandbox } from "../../src/sandbox/sandbox.ts";

/** `Payment:pi_1`: an object by its kind and the upstream's id. */
export type ObjectKey = string;

/** What the suite has to know of a sandbox besides its control API: which objects stand for which of ours. */
export interface Subject {
  /** Everything that the sandbox has at the moment, in our terms. */
  truth(sandbox: RunningSandbox): Promise<ReadonlySet<ObjectKey>>;
  /** Makes that many changes and tells which objects changed, deleted ones included. */
  change(sandbox: RunningSandbox, count: number): Promise<ReadonlySet<ObjectKey>>;
  /** Deletes one object; undefined where the upstream never deletes. */
  remove(sandbox: RunningSandbox): Promise<ObjectKey | undefined>;
  /** Puts one item that has not the documented shape into a stream. */
  putMalformed(sandbox: RunningSandbox): Promise<{ readonly stream: string; readonly externalId: string }>;
  /** The settings with a credential that the sandbox refuses. */
  readonly withWrongCredential: (config: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}
