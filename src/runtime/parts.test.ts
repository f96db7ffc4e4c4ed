import { describe, expect, test } from "@jest/globals";
import { createPartList, type Part, type PartObserver } from "./parts.ts";

/** Writes down what happens, in order. */
function recorder(): PartObserver & { readonly lines: string[] } {
  const lines: string[] = [];
  return {
    lines,
    onStarting: (name) => void lines.push(`starting ${name}`),
    onStarted: ({ name, description }) => void lines.push(`started ${name}: ${description ?? "-"}`),
    onCloseFailed: (name, reason) => void lines.push(`${name} not closed: ${String(reason)}`),
  };
}

const running = new AbortController().signal;
const loaded =
  <Needs, Gives extends object>(part: Part<Needs, Gives>) =>
  () =>
    Promise.resolve({ part });

const store = (lines: string[]) =>
  loaded({
    name: "store",
    start: ({ folder }: { readonly folder: string }) => ({ rows: `rows of ${folder}` }),
    close: async () => void lines.push("store closed"),
    describe: ({ rows }) => rows,
  });
const graph = (lines: string[]) =>
  loaded({
    name: "graph",
    start: async ({ rows }: { readonly rows: string }) => ({ answer: `answer from ${rows}` }),
    close: async ({ answer }) => void lines.push(`graph closed, ${answer}`),
  });

describe("parts", () => {
  test("are started in order, each with what those before it give, and closed in the opposite order", async () => {
    const observer = recorder();
    const list = createPartList<{ readonly folder: string }>().add(store(observer.lines)).add(graph(observer.lines));
    const parts = list.open({ folder: "here" }, observer, running);
    expect(await parts.started).toEqual({ folder: "here", rows: "rows of here", answer: "answer from rows of here" });
    await parts.close(1_000);
    await parts.close(1_000);
    expect(observer.lines).toEqual([
      "starting store",
      "started store: rows of here",
      "starting graph",
      "started graph: -",
      "graph closed, answer from rows of here",
      "store closed",
    ]);
  });

  test("after one that fails are not started; those before it are closed", async () => {
    const observer = recorder();
    const broken = loaded({
      name: "broken",
      start: (): object => {
        throw new Error("port taken");
      },
    });
    const list = createPartList<{ readonly folder: string }>().add(store(observer.lines)).add(broken);
    const parts = list.add(graph(observer.lines)).open({ folder: "here" }, observer, running);
    await expect(parts.started).rejects.toThrow("port taken");
    await parts.close(1_000);
    expect(observer.lines).toEqual([
      "starting store",
      "started store: rows of here",
      "starting broken",
      "store closed",
    ]);
  });

  test("are closed even if one of them cannot be", async () => {
    const observer = recorder();
    const stuck = loaded({ name: "stuck", start: () => ({}), close: () => Promise.reject(new Error("no")) });
    const parts = createPartList<{ readonly folder: string }>()
      .add(store(observer.lines))
      .add(stuck)
      .open({ folder: "here" }, observer, running);
    await parts.started;
    await parts.close(1_000);
    expect(observer.lines.slice(-2)).toEqual(["stuck not closed: Error: no", "store closed"]);
  });

  test("are not started once the signal is aborted; the one that is being started is closed when it is open", async () => {
    const observer = recorder();
    const gate = Promise.withResolvers<void>();
    const slow = loaded({
      name: "slow",
      start: async () => {
        await gate.promise;
        return {};
      },
      close: async () => void observer.lines.push("slow closed"),
    });
    const stop = new AbortController();
    const list = createPartList<{ readonly folder: string }>().add(slow).add(store(observer.lines));
    const parts = list.open({ folder: "here" }, observer, stop.signal);
    stop.abort(new Error("stopped"));
    const closed = parts.close(60_000);
    gate.resolve();
    await expect(parts.started).rejects.toThrow("stopped");
    await closed;
    expect(observer.lines).toEqual(["starting slow", "started slow: -", "slow closed"]);
  });

  test("do not wait for a start that never ends", async () => {
    const observer = recorder();
    const stuck = loaded({ name: "stuck", start: () => new Promise<object>(() => undefined) });
    const list = createPartList<{ readonly folder: string }>().add(store(observer.lines)).add(stuck);
    const parts = list.open({ folder: "here" }, observer, running);
    await parts.close(20);
    expect(observer.lines.at(-1)).toBe("store closed");
  });
});
