import { Worker } from "node:worker_threads";

/** A worker that serves one file. */
export interface Lease {
  readonly worker: Worker;
  /** What ended it; undefined while it lives. */
  readonly failure: () => unknown;
  /** Gives it back. A second call does nothing. */
  readonly release: () => void;
}

export interface WorkerPool {
  /** The next free worker, in the order of asking. Throws the signal's reason where it aborts first. */
  lease(signal: AbortSignal): Promise<Lease>;
  /** Resolves when the workers have ended. Leases are given back before. */
  close(): Promise<void>;
}

/** Above this a worker ends instead of the process: what `CAMT_LIMITS` lets a file hold, and room to work. */
const MAX_HEAP_MB = 512;
/** What a piece tells is garbage as soon as it is sent: more room for it takes memory, and saves no time. */
const YOUNG_HEAP_MB = 16;

interface Member {
  readonly worker: Worker;
  failure: unknown;
}

/** Up to `size` workers, started when they are needed. They keep no process alive. */
export function createWorkerPool(size: number): WorkerPool {
  const idle: Member[] = [];
  const members = new Set<Member>();
  let isClosed = false;
  const waiting: ((member: Member) => void)[] = [];
  /** To whoever waits longest, else to rest. */
  const pass = (member: Member): void => {
    const next = waiting.shift();
    if (next === undefined) idle.push(member);
    else next(member);
  };
  const startMember = (): Member => {
    const worker = new Worker(new URL("./camt-worker.ts", import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: MAX_HEAP_MB, maxYoungGenerationSizeMb: YOUNG_HEAP_MB },
    });
    worker.unref();
    const member: Member = { worker, failure: undefined };
    worker.on("error", (reason) => (member.failure = reason));
    worker.on("exit", (code) => {
      member.failure ??= new Error(`the worker exited with code ${code}`);
      members.delete(member);
      if (idle.includes(member)) idle.splice(idle.indexOf(member), 1);
      if (waiting.length > 0 && !isClosed) pass(startMember());
    });
    members.add(member);
    return member;
  };
  const take = (): Member | undefined => idle.pop() ?? (members.size < size ? startMember() : undefined);
  return {
    async lease(signal) {
      signal.throwIfAborted();
      const member = take() ?? (await turn(waiting, signal));
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

function leaseOf(member: Member, giveBack: () => void): Lease {
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

/** The member that is passed on when it is this one's turn. */
async function turn(waiting: ((member: Member) => void)[], signal: AbortSignal): Promise<Member> {
  const { promise, resolve, reject } = Promise.withResolvers<Member>();
  const leave = (): void => {
    const at = waiting.indexOf(resolve);
    if (at === -1) return; // it has its member already, and the caller sees the signal
    waiting.splice(at, 1);
    reject(signal.reason as Error); // whatever it was aborted with is what the caller expects
  };
  waiting.push(resolve);
  signal.addEventListener("abort", leave, { once: true });
  try {
    return await promise;
  } finally {
    signal.removeEventListener("abort", leave);
  }
}
