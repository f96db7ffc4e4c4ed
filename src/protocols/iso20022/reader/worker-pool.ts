import { Worker } from "node:worker_threads";
import { createWaitingLine } from "../../../runtime/waiting-line.ts";

/** Lease of a worker for one file. */
export interface Lease {
  readonly worker: Worker;
  /** Returns the error that ended the worker; undefined while it is alive. */
  readonly failure: () => unknown;
  /** Returns the worker to the pool. A second call has no effect. */
  readonly release: () => void;
}

export interface WorkerPool {
  /** Returns the next free worker, in the order of the requests. Throws the signal's reason if it aborts first. */
  lease(signal: AbortSignal): Promise<Lease>;
  /** Resolves when the workers have ended. Leases are released before. */
  close(): Promise<void>;
}

/**
 * Heap limit above which a worker ends instead of the process: the memory that `CAMT_LIMITS` allows for a file, and
 * working space.
 */
const MAX_HEAP_MB = 512;
/** The events of a chunk are garbage as soon as they are sent: more space for them takes memory, and saves no time. */
const YOUNG_HEAP_MB = 16;

interface PooledWorker {
  readonly worker: Worker;
  failure: unknown;
}

/** Creates a pool of up to `size` workers, started on demand. They do not keep the process alive. */
export function createWorkerPool(size: number): WorkerPool {
  const idle: PooledWorker[] = [];
  const members = new Set<PooledWorker>();
  let isClosed = false;
  const line = createWaitingLine<PooledWorker>();
  /** Passes the worker to the longest waiter, or else to the idle ones. */
  const pass = (member: PooledWorker): void => {
    if (!line.serve(member)) idle.push(member);
  };
  const startMember = (): PooledWorker => {
    const worker = new Worker(new URL("./camt-worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    });
    worker.unref();
    const member: PooledWorker = { worker, failure: undefined };
    worker.on("error", (reason) => (member.failure = reason));
    worker.on("exit", (code) => {
      member.failure ??= new Error(`the worker exited with code ${code}`);
      members.delete(member);
      if (idle.includes(member)) idle.splice(idle.indexOf(member), 1);
      if (line.length() > 0 && !isClosed) pass(startMember());
    });
    members.add(member);
    return member;
  };
  const take = (): PooledWorker | undefined => idle.pop() ?? (members.size < size ? startMember() : undefined);
  return {
    async lease(signal) {
      signal.throwIfAborted();
      const member = take() ?? (await line.wait(signal));
      return leaseOf(member, () => {
        if (members.has(member)) pass(member);
      });
    },
    async close() {
      isClosed = true;
      await Promise.all([...members].map(({ worker }) => worker.terminate()));
    },
  };
}

function leaseOf(member: PooledWorker, giveBack: () => void): Lease {
  let isReleased = false;
  return {
    worker: member.worker,
    failure: () => member.failure,
    release() {
      if (isReleased) return;
      isReleased = true;
      giveBack();
    },
  };
}
