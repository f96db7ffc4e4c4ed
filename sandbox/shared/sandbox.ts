import type { Company } from "./company.ts";

/**
 * A simulated external system: the real protocol on a real socket, a seeded world behind it, faults on demand. Tests
 * and demos control it only through its HTTP control API, so that it also works from another process.
 */
export interface Sandbox {
  /** Name of the connector whose upstream it simulates. */
  readonly name: string;
  /** Resolves when it accepts connections. */
  start(options: SandboxOptions): Promise<RunningSandbox>;
}

export interface SandboxOptions {
  /** 0 picks a free port. Always bound to loopback. */
  readonly port: number;
  /** The same seed and size give the same world, object by object. */
  readonly seed: number;
  /** Size of the seeded world in payments; the other objects follow in proportion. 0 for an empty world. */
  readonly payments: number;
  /** Journal of the world. When the file exists the world is restored from it instead of seeded. */
  readonly statePath?: string;
  /** Mean pause between changes of the activity loop; undefined or 0: nothing changes automatically. */
  readonly activityMs?: number;
  /**
   * The company that all sandboxes of a demo show, each from its own side, up to the present of `nowMs`. Undefined: the
   * sandbox has a world of its own, as tests need it.
   */
  readonly company?: Company;
  /** The clock, in milliseconds since 1970. Default: the system's. */
  readonly nowMs?: () => number;
}

export interface RunningSandbox {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The `config` block of a source that reads from this sandbox. */
  readonly sourceConfig: Readonly<Record<string, unknown>>;
  /** Ends the activity loop, open connections and pending webhook retries; resolves when all are closed. */
  close(): Promise<void>;
}
