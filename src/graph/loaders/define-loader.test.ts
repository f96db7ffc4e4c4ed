import { describe, expect, test } from "@jest/globals";
import { ServiceError } from "../../domain/error.ts";
import { createLoopTurns } from "../../runtime/loop-turns.ts";
import { createLoader, type LoaderEnvironment, type LoaderSpec } from "./define-loader.ts";
import { createLists } from "./lists.ts";

/** A loader that reads nothing from the database. */
const NOWHERE = {
  signal: new AbortController().signal,
  pieces: createLoopTurns().open(["acme"]),
} as LoaderEnvironment; // its loads use nothing else

/** Returns for each batch the results of `answer` for its keys, and records the batches. */
function recording(
  answer: (key: number, batch: number) => string | Error,
  { maxBatch = 100, environment = NOWHERE }: { maxBatch?: number; environment?: LoaderEnvironment } = {},
) {
  const batches: (readonly number[])[] = [];
  const spec: LoaderSpec<number, string> = {
    key: String,
    maxBatch,
    load(_environment, keys) {
      batches.push(keys);
      return Promise.resolve(keys.map((key) => answer(key, batches.length)));
    },
  };
  return { batches, loader: createLoader("test", spec, environment) };
}

describe("a loader", () => {
  test("reads the keys of one tick in batches of at most its size, and each key once", async () => {
    const { batches, loader } = recording((key) => `value ${key}`, { maxBatch: 2 });
    expect(await Promise.all([1, 2, 1, 3].map((key) => loader.load(key)))).toEqual([
      "value 1",
      "value 2",
      "value 1",
      "value 3",
    ]);
    expect(await loader.load(2)).toBe("value 2");
    expect(batches).toEqual([[1, 2], [3]]);
  });

  test("drops a temporary failure of one key, and keeps the results of the other keys", async () => {
    const busy = new ServiceError("STORE_UNAVAILABLE", "busy");
    const { batches, loader } = recording((key, batch) => (key === 1 && batch === 1 ? busy : `value ${key}`));
    const [first, second] = await Promise.allSettled([loader.load(1), loader.load(2)]);
    expect(first).toMatchObject({ status: "rejected", reason: busy });
    expect(second).toMatchObject({ status: "fulfilled" });
    expect(await loader.load(1)).toBe("value 1");
    expect(await loader.load(2)).toBe("value 2");
    expect(batches).toEqual([[1, 2], [1]]);
  });

  test("drops a value that a later load may improve", async () => {
    const batches: (readonly number[])[] = [];
    const spec: LoaderSpec<number, string> = {
      key: String,
      maxBatch: 100,
      isTemporary: (value) => value === "a stored copy",
      load(_environment, keys) {
        batches.push(keys);
        return Promise.resolve(
          keys.map((key) => (key === 1 && batches.length === 1 ? "a stored copy" : "a fresh one")),
        );
      },
    };
    const loader = createLoader("test", spec, NOWHERE);
    expect(await Promise.all([loader.load(1), loader.load(2)])).toEqual(["a stored copy", "a fresh one"]);
    expect(await Promise.all([loader.load(1), loader.load(2)])).toEqual(["a fresh one", "a fresh one"]);
    expect(batches).toEqual([[1, 2], [1]]);
  });

  test("keeps a permanent failure", async () => {
    const { batches, loader } = recording(() => new ServiceError("UPSTREAM_REJECTED", "no"));
    await expect(loader.load(1)).rejects.toMatchObject({ code: "UPSTREAM_REJECTED" });
    await expect(loader.load(1)).rejects.toMatchObject({ code: "UPSTREAM_REJECTED" });
    expect(batches).toHaveLength(1);
  });

  test("reads a cleared key again", async () => {
    const { batches, loader } = recording((_key, batch) => `read ${batch}`);
    expect(await loader.load(1)).toBe("read 1");
    loader.clear(1);
    expect(await loader.load(1)).toBe("read 2");
    expect(batches).toEqual([[1], [1]]);
  });

  test("reads what many slices of results request in one batch", async () => {
    const environment = { ...NOWHERE, pieces: createLoopTurns(0).open(["acme"]) }; // each result fills a slice
    const parents = recording((key) => `parent ${key}`, { environment });
    const children = recording((key) => `child of ${key}`, { environment });
    const keys = [1, 2, 3];
    await Promise.all(keys.map((key) => parents.loader.load(key).then(() => children.loader.load(key))));
    expect([parents.batches, children.batches]).toEqual([[keys], [keys]]);
  });

  test("rejects the results that wait for their turn when the operation is aborted", async () => {
    const aborted = new AbortController();
    const environment = { signal: aborted.signal, pieces: createLoopTurns(0).open(["acme"]) } as LoaderEnvironment;
    const { loader } = recording((key) => `value ${key}`, { environment });
    const loads = [1, 2].map((key) => loader.load(key));
    void loads[0]?.then(() => aborted.abort());
    expect(await Promise.allSettled(loads)).toMatchObject([
      { status: "fulfilled" },
      { status: "rejected", reason: { code: "CANCELED" } },
    ]);
  });

  test("reads nothing more for an operation that was aborted (F103)", async () => {
    const aborted = new AbortController();
    const environment = { ...NOWHERE, signal: aborted.signal };
    const { batches, loader } = recording((key) => `value ${key}`, { environment });
    expect(await loader.load(1)).toBe("value 1");
    aborted.abort();
    await expect(loader.load(2)).rejects.toMatchObject({ code: "CANCELED" });
    await expect(createLists(environment).payments.page({}, { limit: 1, after: undefined })).rejects.toMatchObject({
      code: "CANCELED",
    });
    expect(batches).toEqual([[1]]);
  });
});
