import type { RunningSandbox, Sandbox } from "../../sandbox/shared/sandbox.ts";

/** `Payment:pi_1`: an object by its type and the upstream's id. */
export type ObjectKey = string;

/** What the suite needs of a sandbox in addition to its control API: how its objects map to ours. */
export interface Subject {
  /** The upstream, if it is not the sandbox with the connector's name. */
  readonly sandbox?: Sandbox;
  /** Streams that the settings of the sandbox have. Default: those of the connector. */
  readonly streams?: readonly string[];
  /** The settings that are secrets. Default: all texts of the settings. */
  readonly secretsOf?: (config: unknown) => unknown;
  /** All current objects of the sandbox, by our types. */
  truth(sandbox: RunningSandbox): Promise<ReadonlySet<ObjectKey>>;
  /** Makes that many changes and returns the changed objects, including deleted ones. */
  change(sandbox: RunningSandbox, count: number): Promise<ReadonlySet<ObjectKey>>;
  /** Deletes one object; undefined if the upstream never deletes. */
  remove(sandbox: RunningSandbox): Promise<ObjectKey | undefined>;
  /** Adds one item that does not have the documented shape to a stream. */
  putMalformed(sandbox: RunningSandbox): Promise<{ readonly stream: string; readonly externalId: string }>;
  /** The settings with a credential that the sandbox refuses. */
  readonly withWrongCredential: (config: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>;
}
