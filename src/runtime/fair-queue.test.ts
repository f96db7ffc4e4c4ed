import { describe, expect, test } from "@jest/globals";
import { ServiceError } from "../domain/error.ts";
import { createFairQueue, type FairQueue, type FairQueueOptions, type WorkPath } from "./fair-queue.ts";

const overloaded = () => new ServiceError("OVERLOADED", "too much waits", { retryAfterMs: 1_000 });

function open(options: Partial<FairQueueOptions>) {
  const queue = createFairQueue({ limits: [1], maxWaiting: 1_000, maxWaitMs: 60_000, overloaded, ...options });
  return { queue, ...workOf(queue) };
}

/** Work that is named by its path, and ends when the test says so. */
function workOf(queue: FairQueue) {
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const outcomes: Promise<string>[] = [];
  let count = 0;
  return {
    started,
    outcomes,
    /** Adds work; it is named by the last text of its path and its number there. */
    add(path: WorkPath, signal?: AbortSignal): string {
      const name = `${path.map(String).join("/")}#${(count += 1)}`;
      const work = () => {
        started.push(name);
        return new Promise<void>((resolve) => ends.set(name, resolve));
      };
      outcomes.push(
        queue.run(path, work, { ...(signal && { signal }) }).then(
          () => "done",
          (reason: unknown) => ServiceError.from(reason).code,
        ),
      );
      return name;
    },
    /** Ends the work, and lets the next one begin. */
    async end(name: string | undefined): Promise<void> {
      ends.get(name ?? "")?.();
      await settled();
    },
  };
}

/** Resolves after every promise that is already fulfilled has called its reactions. */
const settled = () => new Promise<void>((resolve) => void setImmediate(resolve));

/** Ends whatever runs, one after the other, until nothing waits; returns the first names in the order of their turns. */
async function turns(world: ReturnType<typeof open>): Promise<string[]> {
  await settled();
  for (let index = 0; index < world.started.length; index += 1) await world.end(world.started[index]);
  return world.started.map((name) => name.split("#")[0] ?? "");
}

describe("the order of turns (F120)", () => {
  test("work of one path runs by its rank, and in order of arrival within a rank", async () => {
    const { queue } = open({});
    const started: number[] = [];
    const add = (name: number, rank?: number) =>
      queue.run(["a"], async () => void started.push(name), { ...(rank !== undefined && { rank }) });
    await Promise.all([add(0), add(1, 7), add(2, 3), add(3, 7), add(4)]);
    expect(started).toEqual([0, 4, 2, 1, 3]);
  });

  test("a tenant with one piece of work waits for one turn of a tenant with twenty", async () => {
    const world = open({});
    for (let index = 0; index < 20; index += 1) world.add(["busy"]);
    world.add(["quiet"]);
    expect((await turns(world)).slice(0, 3)).toEqual(["busy", "quiet", "busy"]);
  });

  test("three tenants get their turns one after the other, whatever the order of arrival", async () => {
    const world = open({});
    for (const tenant of ["a", "a", "a", "a", "b", "b", "c"]) world.add([tenant]);
    expect(await turns(world)).toEqual(["a", "b", "c", "a", "b", "a", "a"]);
  });

  test("within a tenant, principals take turns, and within a principal its operations", async () => {
    const world = open({});
    for (let index = 0; index < 3; index += 1) world.add(["a", "script", "wide"]);
    world.add(["a", "script", "other"]);
    world.add(["a", "person", "page"]);
    world.add(["b", "person", "page"]);
    expect(await turns(world)).toEqual([
      "a/script/wide",
      "b/person/page",
      "a/person/page",
      "a/script/other",
      "a/script/wide",
      "a/script/wide",
    ]);
  });

  test("a free turn goes to the tenant with the least running work, also while slow work of the other runs", async () => {
    const world = open({ limits: [3] });
    const slow = world.add(["busy"]);
    world.add(["busy"]);
    world.add(["busy"]);
    for (let index = 0; index < 3; index += 1) world.add(["busy"]);
    for (let index = 0; index < 2; index += 1) world.add(["quiet"]);
    await settled();
    await world.end(slow);
    expect(world.started.slice(3)).toEqual(["quiet#7"]);
    await world.end(world.started[1]);
    expect(world.started.slice(4)).toEqual(["quiet#8"]); // one of each tenant runs: the busy one had the last turn before
    await turns(world);
  });
});

describe("limits", () => {
  test("below one name less runs than in all, and the rest is left to others", async () => {
    const world = open({ limits: [4, 3] });
    for (let index = 0; index < 6; index += 1) world.add(["busy"]);
    await settled();
    expect(world.started).toEqual(["busy#1", "busy#2", "busy#3"]);
    world.add(["quiet"]);
    await settled();
    expect(world.started.slice(3)).toEqual(["quiet#7"]);
    expect(await turns(world)).toHaveLength(7);
  });

  test("an operation at its limit does not hold up other operations of its principal", async () => {
    const world = open({ limits: [6, 6, 6, 4] });
    for (let index = 0; index < 8; index += 1) world.add(["a", "p", "wide"]);
    world.add(["a", "p", "small"]);
    await settled();
    expect(world.started.map((name) => name.split("#")[0])).toEqual([
      ...Array.from({ length: 4 }, () => "a/p/wide"),
      "a/p/small",
    ]);
    expect(await turns(world)).toHaveLength(9);
  });

  test("one waiter too many of a tenant is refused at once, those of another tenant are not (F12)", async () => {
    const world = open({ maxWaiting: 2 });
    for (let index = 0; index < 4; index += 1) world.add(["busy"]);
    expect(await world.outcomes[3]).toBe("OVERLOADED");
    expect([world.queue.isFull("busy"), world.queue.isFull("quiet")]).toEqual([true, false]);
    world.add(["quiet"]);
    expect(await turns(world)).toEqual(["busy", "quiet", "busy", "busy"]);
    expect(await Promise.all(world.outcomes)).toEqual(["done", "done", "done", "OVERLOADED", "done"]);
    expect(world.queue.waiting()).toBe(0);
  });
});

describe("a waiter", () => {
  test("whose turn does not come in time is refused", async () => {
    const world = open({ maxWaitMs: 1 });
    const first = world.add(["a"]);
    world.add(["a"]);
    expect(await world.outcomes[1]).toBe("OVERLOADED");
    expect(world.queue.waiting()).toBe(0);
    await world.end(first);
    expect(world.started).toEqual([first]);
  });

  test("leaves when its signal is aborted, and takes no turn", async () => {
    const world = open({});
    const leaving = new AbortController();
    const first = world.add(["a"]);
    world.add(["a", "p"], leaving.signal);
    world.add(["b"]);
    leaving.abort();
    expect(await world.outcomes[1]).toBe("CANCELED");
    world.add(["a"], leaving.signal);
    expect(await world.outcomes[3]).toBe("CANCELED");
    await world.end(first);
    expect(world.started).toEqual([first, "b#3"]);
    await turns(world);
  });
});

test("work that fails frees its turn, and its error reaches the caller", async () => {
  const { queue } = open({});
  const failure = new Error("broken");
  await expect(queue.run(["a"], () => Promise.reject(failure))).rejects.toBe(failure);
  await expect(queue.run(["a"], () => Promise.resolve(7))).resolves.toBe(7);
});
