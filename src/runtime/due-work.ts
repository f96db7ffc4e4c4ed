import { fullJitterMs } from "./backoff.ts";
import { createLoop } from "./loop.ts";
import { outsideSpans } from "./tracing.ts";
import { waitAtMost } from "./with-timeout.ts";

/** Something that has due work, such as a source with deliveries to be applied. */
export interface DueSubject {
  readonly key: string;
  /** Subjects take turns over their groups, such as tenants. */
  readonly group: string;
}

/** Which due subjects a search returns. */
export interface DueSearch {
  /** Greatest number of subjects, shared fairly over the groups. */
  readonly limit: number;
  /** Subjects that are worked on already, or that wait: they are left out. */
  readonly except: readonly string[];
}

export interface FoundSubjects {
  readonly subjects: readonly DueSubject[];
  /** True if more may be due. */
  readonly hasMore: boolean;
}

/** Result of one piece of work: `more` is due at once, `done` something, or there was `nothing` to do yet. */
export type RoundResult = "more" | "done" | "nothing";

export interface DueWorkOptions {
  /** Finds subjects with due work, over all groups, by one query. */
  readonly find: (search: DueSearch) => Promise<FoundSubjects>;
  /** Runs one bounded piece of work of a subject. It should end soon after `signal` is aborted. */
  readonly round: (key: string, signal: AbortSignal) => Promise<RoundResult>;
  /** Maximum number of subjects that are worked on at a time. */
  readonly concurrency: number;
  /** Interval between searches: the maximum delay before work is found without a wake-up. */
  readonly pollMs: number;
  readonly random: () => number;
  /** Called when a round threw; `failures` in a row so far. The subject is tried again after a pause of its own. */
  readonly onError: (key: string, reason: unknown, failures: number) => void;
  /** Called when a search failed; it is repeated. */
  readonly onSearchError: (reason: unknown, failures: number) => void;
}

/**
 * Background work of one kind for any number of subjects. One search finds what is due, whatever the number of subjects,
 * and nothing is kept for a subject without work.
 */
export interface DueWork {
  start(): void;
  /** Signals that a subject may have work now. Cheap: may be called for every piece. */
  wake(subject: DueSubject): void;
  /** Aborts the rounds in progress and resolves when they have ended, after `deadlineMs` at the latest. */
  close(deadlineMs: number): Promise<void>;
}

/** Pause of a subject after failures, even when it is woken: what is unavailable must not be called in a loop. */
const FAILURE_PAUSE = { baseMs: 50, capMs: 1_000 };
/**
 * A subject that is due but has nothing to do, such as a paused source, is tried after this many searches at the
 * latest.
 */
const MAX_SKIPPED = 8;
/** A search returns this many subjects for each that can be worked on: the others wait for a free place. */
const SEARCHED_PER_PLACE = 4;

interface Waiting {
  /** True if it was woken since its round began. */
  woken: boolean;
  readonly group: string;
}

interface Rest {
  /** Failures in a row. */
  readonly failures: number;
  /** Rounds in a row in which there was nothing to do, and searches since the last one. */
  readonly nothing: number;
  searches: number;
  /** Runs during the pause after a failure. */
  timer: NodeJS.Timeout | undefined;
}

export function createDueWork(options: DueWorkOptions): DueWork {
  const { concurrency, random } = options;
  const stop = new AbortController();
  /** Subjects that are worked on or wait for a free place. */
  const current = new Map<string, Waiting>();
  /** Keys that wait for a free place, by group; the first group is the next one. */
  const line = new Map<string, Set<string>>();
  /** Subjects that wait because of failures or because there was nothing to do. */
  const resting = new Map<string, Rest>();
  const running = new Set<Promise<void>>();
  let isStarted = false;
  /** True if the last search may have left out subjects. */
  let hasMore = false;

  function enqueue(key: string, group: string): void {
    const keys = line.get(group) ?? new Set();
    keys.add(key);
    line.set(group, keys);
    serve();
  }

  /** Starts what waits while there are free places, one subject of each group after the other. */
  function serve(): void {
    while (isStarted && running.size < concurrency && !stop.signal.aborted) {
      const [group, keys] = line.entries().next().value ?? [];
      if (group === undefined || keys === undefined) return hasMore ? searches.wake() : undefined;
      const [key] = keys;
      line.delete(group);
      if (key === undefined) continue;
      keys.delete(key);
      if (keys.size > 0) line.set(group, keys); // behind the others
      const ended = run(key).finally(() => {
        running.delete(ended);
        serve();
      });
      running.add(ended);
    }
  }

  async function run(key: string): Promise<void> {
    const subject = current.get(key);
    if (subject === undefined) return;
    subject.woken = false;
    try {
      // what woke the subject is not what its work is about
      const result = await outsideSpans(() => options.round(key, stop.signal));
      current.delete(key);
      if (result === "nothing") noteNothing(key);
      else resting.delete(key);
      if (result === "more" || subject.woken) wakeAgain(key, subject.group);
    } catch (reason) {
      current.delete(key);
      if (stop.signal.aborted) return;
      pauseAfterFailure(key, subject.group, reason);
    }
  }

  function wakeAgain(key: string, group: string): void {
    current.set(key, { woken: false, group });
    enqueue(key, group);
  }

  function noteNothing(key: string): void {
    const before = resting.get(key);
    resting.set(key, { failures: 0, nothing: (before?.nothing ?? 0) + 1, searches: 0, timer: undefined });
  }

  function pauseAfterFailure(key: string, group: string, reason: unknown): void {
    const failures = (resting.get(key)?.failures ?? 0) + 1;
    options.onError(key, reason, failures);
    const timer = setTimeout(
      () => {
        const rest = resting.get(key);
        if (rest !== undefined) rest.timer = undefined;
        wakeAgain(key, group);
      },
      fullJitterMs(FAILURE_PAUSE, failures, random),
    );
    resting.set(key, { failures, nothing: 0, searches: 0, timer });
  }

  /** Returns true if a subject that was found must not be tried now. */
  function rests(key: string): boolean {
    const rest = resting.get(key);
    if (rest === undefined) return false;
    if (rest.timer !== undefined) return true;
    rest.searches += 1;
    return rest.searches < Math.min(2 ** (rest.nothing - 1), MAX_SKIPPED);
  }

  async function search(): Promise<boolean> {
    const free = concurrency * SEARCHED_PER_PLACE - current.size;
    if (free <= 0) return false;
    const failing = [...resting].filter(([, { timer }]) => timer !== undefined).map(([key]) => key);
    const found = await options.find({ limit: free + resting.size, except: [...current.keys(), ...failing] });
    hasMore = found.hasMore;
    const due = new Set(found.subjects.map(({ key }) => key));
    for (const [key, { timer }] of resting) if (timer === undefined && !due.has(key)) resting.delete(key);
    for (const { key, group } of found.subjects) if (!current.has(key) && !rests(key)) wakeAgain(key, group);
    return false;
  }

  const searches = createLoop({
    pollMs: options.pollMs,
    random,
    round: search,
    onError: options.onSearchError,
  });

  return {
    start() {
      isStarted = true;
      searches.start();
      serve();
    },
    wake({ key, group }) {
      if (stop.signal.aborted) return;
      const subject = current.get(key);
      if (subject !== undefined) {
        subject.woken = true;
        return;
      }
      const rest = resting.get(key);
      if (rest?.timer !== undefined) return; // it is tried when its pause ends
      wakeAgain(key, group);
    },
    async close(deadlineMs) {
      stop.abort();
      for (const { timer } of resting.values()) clearTimeout(timer);
      await Promise.all([searches.close(deadlineMs), waitAtMost(deadlineMs, Promise.all(running))]);
    },
  };
}
