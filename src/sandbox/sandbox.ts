/**
 * A simulated external system: the real protocol on a real socket, a seeded world behind it, faults on demand.
 * Everything a test or demo does to it goes over its HTTP control API, so that it works from another process too.
 */
export interface Sandbox {
  /** The connector that it stands in for. */
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
  /** Journal of the world. When the file exists the world is read back from it instead of seeded. */
  readonly statePath?: string;
  /** Mean pause between changes of the activity loop; undefined or 0: nothing changes by itself. */
  readonly activityMs?: number;
}

export interface RunningSandbox {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** The `config` block of a source that reads from this sandbox. */
  readonly sourceConfig: Readonly<Record<string, unknown>>;
  /** Ends the activity loop, open connections and pending webhook retries; resolves when all are closed. */
  close(): Promise<void>;
}
