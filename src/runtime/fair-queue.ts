import type { ServiceError } from "../domain/error.ts";
import { abortReason } from "./abort.ts";

/**
 * Names of a piece of work from the widest to the narrowest: tenant, principal, operation. A symbol is a name that no
 * other work has.
 */
export type WorkPath = readonly [string, ...(string | symbol)[]];

type Limit = number | (() => number);

export interface FairQueueOptions {
  /**
   * Greatest number of pieces of work that run at a time: first of all work, then of the work below one name of each
   * level of the path. No entry: no limit. A function returns the present limit.
   */
  readonly limits: readonly [Limit, ...Limit[]];
  /** Greatest number of waiters below one name of the first level. */
  readonly maxWaiting: number;
  /** Longest wait for a turn; Infinity for none. */
  readonly maxWaitMs: number;
  /** Error for work that does not get its turn. */
  readonly overloaded: () => ServiceError;
}

/**
 * Limits how many pieces of work run concurrently, and shares the turns: first over the names of the first level, then
 * below each of them over those of the next. The next turn goes to the name with the least running work; among equals,
 * to the one that has waited longest since its last turn began or ended. So nobody waits longer because another one has
 * sent more work.
 */
export interface FairQueue {
  /**
   * @throws ServiceError `overloaded` when too many wait or the turn does not come in time; CANCELED when the signal is
   * aborted before it; otherwise the error that `work` threw
   */
  run<T>(path: WorkPath, work: () => Promise<T>, options?: RunOptions): Promise<T>;
  /** True if another waiter below this name of the first level would be rejected. */
  isFull(name: string): boolean;
  /** Number of waiters. */
  waiting(): number;
}

export interface RunOptions {
  readonly signal?: AbortSignal;
  /** Of work with the same path the lowest rank goes first, and of the same rank what came first. Default 0. */
  readonly rank?: number;
}

/** All work below one name. The order of its members is that of their last turns, as the map keeps it. */
interface Group {
  readonly members: Map<string | symbol, Group>;
  /** Work of this path itself, in the order of its turns. */
  readonly line: Waiter[];
  running: number;
  waiting: number;
}

interface Waiter {
  readonly path: WorkPath;
  readonly rank: number;
  readonly start: () => void;
}

export function createFairQueue(options: FairQueueOptions): FairQueue {
  const { limits, maxWaiting, maxWaitMs, overloaded } = options;
  const all = emptyGroup();

  function limitOf(level: number): number {
    const limit = limits[level] ?? Infinity;
    return typeof limit === "number" ? limit : limit();
  }

  function serve(): void {
    for (let next = choose(all, 0); next !== undefined; next = choose(all, 0)) {
      for (const group of groupsOf(next.path)) {
        group.waiting -= 1;
        group.running += 1;
      }
      moveBehind(next.path);
      next.start();
    }
  }

  /** Removes the waiter whose turn it is from its line; undefined if none may start. */
  function choose(group: Group, level: number): Waiter | undefined {
    if (group.waiting === 0 || group.running >= limitOf(level)) return undefined;
    if (group.line.length > 0) return group.line.shift();
    const waiting = [...group.members.values()].filter((member) => member.waiting > 0);
    for (const member of waiting.sort((a, b) => a.running - b.running)) {
      const chosen = choose(member, level + 1);
      if (chosen !== undefined) return chosen;
    }
    return undefined;
  }

  /** Groups along the path, from that of all work; missing ones are created. */
  function groupsOf(path: WorkPath): readonly Group[] {
    const groups = [all];
    let group = all;
    for (const name of path) {
      const member = group.members.get(name) ?? emptyGroup();
      group.members.set(name, member);
      groups.push(member);
      group = member;
    }
    return groups;
  }

  /** Moves the groups along the path behind the others, and removes those that have no more work. */
  function moveBehind(path: WorkPath): void {
    let group = all;
    for (const name of path) {
      const member = group.members.get(name);
      group.members.delete(name);
      if (member === undefined || member.running + member.waiting === 0) return;
      group.members.set(name, member);
      group = member;
    }
  }

  /** Removes the widest group along the path that has no more work, and with it all that is below. */
  function removeIdle(path: WorkPath): void {
    let group = all;
    for (const name of path) {
      const member = group.members.get(name);
      if (member === undefined) return;
      if (member.running + member.waiting === 0) return void group.members.delete(name);
      group = member;
    }
  }

  async function turn(path: WorkPath, { signal, rank = 0 }: RunOptions): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const waiter = { path, rank, start: resolve };
    const groups = groupsOf(path);
    const line = groups.at(-1)?.line ?? [];
    const leave = (reason: ServiceError): void => {
      const place = line.indexOf(waiter);
      if (place === -1) return; // its turn has come
      line.splice(place, 1);
      for (const group of groups) group.waiting -= 1;
      removeIdle(path);
      reject(reason);
    };
    line.splice(line.findLastIndex((other) => other.rank <= rank) + 1, 0, waiter);
    for (const group of groups) group.waiting += 1;
    serve();
    if (!line.includes(waiter)) return; // it need not wait
    const onAbort = (): void => {
      if (signal !== undefined) leave(abortReason(signal));
    };
    const timer = maxWaitMs === Infinity ? undefined : setTimeout(() => leave(overloaded()), maxWaitMs);
    signal?.addEventListener("abort", onAbort, { once: true });
    await promise.finally(() => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    });
  }

  const isFull = (name: string): boolean => (all.members.get(name)?.waiting ?? 0) >= maxWaiting;

  return {
    async run(path, work, options = {}) {
      if (options.signal?.aborted === true) throw abortReason(options.signal);
      if (isFull(path[0])) throw overloaded();
      await turn(path, options);
      try {
        return await work();
      } finally {
        for (const group of groupsOf(path)) group.running -= 1;
        moveBehind(path);
        serve();
      }
    },
    isFull,
    waiting: () => all.waiting,
  };
}

function emptyGroup(): Group {
  return { members: new Map(), line: [], running: 0, waiting: 0 };
}
