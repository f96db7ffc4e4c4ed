import { describe, expect, test } from "@jest/globals";
import { createDueWork, type DueSearch, type DueSubject, type DueWork, type RoundResult } from "./due-work.ts";

interface Setup {
  readonly find?: (search: DueSearch) => readonly DueSubject[];
  readonly round?: (key: string, signal: AbortSignal) => Promise<RoundResult>;
  readonly concurrency?: number;
}

/** Work that is searched for only when it is started or woken: no timer begins a search. */
async function withWork(
  { find = () => [], round = () => Promise.resolve("done"), concurrency = 1 }: Setup,
  use: (
    work: DueWork,
    log: { readonly rounds: string[]; readonly errors: string[]; until(done: () => boolean): Promise<void> },
  ) => Promise<void>,
): Promise<void> {
  const [rounds, errors]: [string[], string[]] = [[], []];
  let changed = Promise.withResolvers<void>();
  const note = (list: string[], text: string): void => {
    list.push(text);
    changed.resolve();
  };
  const work = createDueWork({
    find(search) {
      const subjects = find(search);
      return Promise.resolve({ subjects, hasMore: subjects.length >= search.limit });
    },
    async round(key, signal) {
      note(rounds, key);
      return round(key, signal);
    },
    concurrency,
    pollMs: 60_000,
    random: () => 0,
    onError: (key, reason, failures) => note(errors, `${key} ${String(reason)} ${failures}`),
    onSearchError: (reason) => note(errors, String(reason)),
  });
  try {
    await use(work, {
      rounds,
      errors,
      async until(done) {
        while (!done()) {
          changed = Promise.withResolvers();
          await changed.promise;
        }
      },
    });
  } finally {
    await work.close(60_000);
  }
}

const of = (group: string, ...keys: string[]): DueSubject[] => keys.map((key) => ({ key, group }));

describe("work of many subjects", () => {
  test("is found by one search, and groups take turns however much one of them has", async () => {
    let isFound = false;
    const find = () => {
      if (isFound) return [];
      isFound = true;
      return [...of("big", "b1", "b2", "b3", "b4"), ...of("small", "s1")];
    };
    await withWork({ find }, async (work, { rounds, until }) => {
      work.start();
      await until(() => rounds.length === 5);
      // The only place was free when the first one was found, so it did not wait.
      expect(rounds).toEqual(["b1", "b2", "s1", "b3", "b4"]);
    });
  });

  test("continues at the end of the line while there is more to do", async () => {
    let left = 3;
    const round = (key: string): Promise<RoundResult> =>
      Promise.resolve(key === "a" && (left -= 1) > 0 ? "more" : "done");
    let isFound = false;
    const find = () => (isFound ? [] : ((isFound = true), [...of("one", "a"), ...of("two", "b")]));
    await withWork({ find, round }, async (work, { rounds, until }) => {
      work.start();
      await until(() => rounds.length === 4);
      expect(rounds).toEqual(["a", "b", "a", "a"]);
    });
  });

  test("is never done twice at a time for one subject, and a wake-up during a round causes another one", async () => {
    const first = Promise.withResolvers<RoundResult>();
    let count = 0;
    const round = () => ((count += 1) === 1 ? first.promise : Promise.resolve<RoundResult>("done"));
    await withWork({ round, concurrency: 4 }, async (work, { rounds, until }) => {
      work.start();
      work.wake({ key: "a", group: "one" });
      await until(() => rounds.length === 1);
      work.wake({ key: "a", group: "one" });
      work.wake({ key: "a", group: "one" });
      expect(rounds).toEqual(["a"]);
      first.resolve("done");
      await until(() => rounds.length === 2);
      expect(rounds).toEqual(["a", "a"]);
    });
  });

  test("runs for at most as many subjects at a time as it may", async () => {
    let running = 0;
    let most = 0;
    const gates = new Map<string, PromiseWithResolvers<RoundResult>>();
    const round = async (key: string): Promise<RoundResult> => {
      most = Math.max(most, (running += 1));
      const gate = Promise.withResolvers<RoundResult>();
      gates.set(key, gate);
      const result = await gate.promise;
      running -= 1;
      return result;
    };
    await withWork({ round, concurrency: 2 }, async (work, { rounds, until }) => {
      work.start();
      for (const key of ["a", "b", "c", "d"]) work.wake({ key, group: key });
      await until(() => rounds.length === 2);
      for (const [index, key] of ["a", "b", "c", "d"].entries()) {
        await until(() => gates.has(key));
        gates.get(key)?.resolve("done");
        await until(() => rounds.length >= Math.min(4, index + 3));
      }
      expect(most).toBe(2);
    });
  });

  test("that fails is tried again after a pause, and delays no other subject", async () => {
    let failures = 2;
    const round = (key: string): Promise<RoundResult> =>
      key === "bad" && (failures -= 1) >= 0 ? Promise.reject(new Error("no")) : Promise.resolve("done");
    await withWork({ round }, async (work, { rounds, errors, until }) => {
      work.start();
      work.wake({ key: "bad", group: "one" });
      work.wake({ key: "good", group: "one" });
      await until(() => rounds.filter((key) => key === "bad").length === 3);
      expect(rounds.slice(0, 2)).toEqual(["bad", "good"]);
      expect(errors).toEqual(["bad Error: no 1", "bad Error: no 2"]);
    });
  });

  test("is searched for again as soon as there is room, if a search may have left some out", async () => {
    const all = Array.from({ length: 30 }, (_, index) => `k${index}`);
    const done = new Set<string>();
    const find = ({ limit, except }: DueSearch) =>
      of("one", ...all.filter((key) => !done.has(key) && !except.includes(key)).slice(0, limit));
    const round = (key: string): Promise<RoundResult> => {
      done.add(key);
      return Promise.resolve("done");
    };
    await withWork({ find, round, concurrency: 2 }, async (work, { until }) => {
      work.start();
      await until(() => done.size === all.length); // no timer began another search
      expect(done.size).toBe(30);
    });
  });

  test("ends: closing aborts the rounds, and nothing begins afterwards", async () => {
    const round = (_key: string, signal: AbortSignal): Promise<RoundResult> =>
      new Promise((resolve) => signal.addEventListener("abort", () => resolve("more")));
    await withWork({ round }, async (work, { rounds, until }) => {
      work.start();
      work.wake({ key: "a", group: "one" });
      await until(() => rounds.length === 1);
      await work.close(60_000);
      work.wake({ key: "b", group: "one" });
      expect(rounds).toEqual(["a"]);
    });
  });
});
