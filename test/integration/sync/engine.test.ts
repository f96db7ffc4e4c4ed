import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { pino } from "pino";
import { ServiceError } from "../../../src/domain/error.ts";
import type { EventKind } from "../../../src/events/event.ts";
import { pollSource } from "../../../src/ingest/polling/poll.ts";
import type { StartSyncInput } from "../../../src/ingest/runs/start-sync.ts";
import { type Script, scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { at, partyMessage } from "../../helpers/messages.ts";
import { startRun, type SyncEngines, TENANT, useSyncEngines } from "../../helpers/sync-engines.ts";

const log = pino({ level: "silent" });

let engines: SyncEngines;
beforeEach(async () => {
  engines = await useSyncEngines();
});
afterEach(async () => {
  await engines[Symbol.asyncDispose]();
});

const open = (script: Script) => engines.open(scriptedSource(script));
const finished = (runId: string) => engines.finished(runId);

function query<Row extends Record<string, unknown>>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
  return engines.query<Row>(text, values);
}

async function eventKinds(): Promise<EventKind[]> {
  const rows = await query<{ kind: EventKind }>("select kind from events order by seq");
  return rows.map((row) => row.kind);
}

const names = async () =>
  (await query<{ name: string }>("select name from parties order by name")).map((row) => row.name);

/** One page of one party, without a wait. */
const page =
  (name: string, when = 1n) =>
  () => [partyMessage(name, name, at(when))];

describe("a run", () => {
  test("reads every stream completely, with events in the log", async () => {
    const engine = await open({ pages: { a: [page("a1"), page("a2")], b: [page("b1")] } });
    const { runId, eventSeq } = await startRun(engine);
    expect(eventSeq).toBe(0n);
    expect(await finished(runId)).toBe("SUCCEEDED");
    expect(await names()).toEqual(["a1", "a2", "b1"]);
    const kinds = await eventKinds();
    expect(kinds[0]).toBe("RunStarted");
    expect(kinds.at(-1)).toBe("RunFinished");
    expect(kinds.filter((kind) => kind === "EntityChanged")).toHaveLength(3);
  });

  test("is ended by the transaction of its last batch, if nothing else is read", async () => {
    const engine = await open({ pages: { whole: [page("w1")] } });
    const { runId } = await startRun(engine);
    expect(await finished(runId)).toBe("SUCCEEDED");
    const [writers] = await query<Record<string, string>>(
      `select (select xmin::text from parties) as record, (select xmin::text from stream_states) as lease,
         (select xmin::text from sync_run_streams) as stream, (select xmin::text from sync_runs) as run`,
    );
    expect(new Set(Object.values(writers ?? {})).size).toBe(1);
    expect(await eventKinds()).toEqual(["RunStarted", "EntityChanged", "RunProgressed", "RunFinished"]);
  });

  test("continues at the last checkpoint, so a second one reads nothing again", async () => {
    let reads = 0;
    const counted = () => {
      reads += 1;
      return [partyMessage("x", "x", at(1n))];
    };
    const engine = await open({ pages: { a: [counted] } });
    await finished((await startRun(engine)).runId);
    await finished((await startRun(engine)).runId);
    expect(reads).toBe(1);
    await finished((await startRun(engine, { mode: "FULL" })).runId);
    expect(reads).toBe(2);
    expect((await eventKinds()).filter((kind) => kind === "EntityChanged")).toHaveLength(1);
  });

  test("is the same run for the same idempotency key, and a conflict for another request", async () => {
    const engine = await open({ pages: { a: [page("a1")] } });
    const [first, second] = await Promise.all([
      startRun(engine, { idempotencyKey: "k" }),
      startRun(engine, { idempotencyKey: "k" }),
    ]);
    expect(second).toEqual(first);
    await finished(first.runId);
    expect(await startRun(engine, { idempotencyKey: "k" })).toEqual(first);
    await expect(startRun(engine, { idempotencyKey: "k", mode: "FULL" })).rejects.toMatchObject({ code: "CONFLICT" });
  });

  test.each([
    [{ streams: [] }, /streams/],
    [{ streams: ["nope"] }, /"nope" is not one of a/],
    [{ mode: "RANGE" }, /range is required/],
    [{ range: { from: "2026-01-01T00:00:00Z", to: "2026-02-01T00:00:00Z" } }, /range must not be given/],
    [
      { mode: "RANGE", range: { from: "2026-02-01T00:00:00Z", to: "2026-01-01T00:00:00Z" } },
      /range.from must be before/,
    ],
  ] satisfies [Partial<StartSyncInput>, RegExp][])("is refused by field: %j", async (input, message) => {
    const engine = await open({ pages: { a: [] } });
    await expect(startRun(engine, input)).rejects.toThrow(message);
  });

  test("retries a stream that failed for a while, from its checkpoint", async () => {
    let failures = 0;
    const flaky = () => {
      failures += 1;
      if (failures <= 2) throw new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream is not reachable");
      return [partyMessage("late", "late", at(1n))];
    };
    const engine = await open({ pages: { a: [page("a1"), flaky] } });
    expect(await finished((await startRun(engine)).runId)).toBe("SUCCEEDED");
    expect(await names()).toEqual(["a1", "late"]);
    const statuses = await query<{ status: string }>(
      "select data->>'status' as status from events where kind = 'SourceStatusChanged' order by seq",
    );
    expect(statuses).toEqual([]); // two failures in a second do not change the status of the source
  });

  test("ends when it is canceled, also during a page that never arrives", async () => {
    const never = (signal: AbortSignal) =>
      new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
    const engine = await open({ pages: { a: [page("a1"), never] } });
    const { runId } = await startRun(engine);
    await eventually("the first page", async () => (await names()).length > 0);
    await engine.cancelSync(TENANT, runId);
    expect(await finished(runId)).toBe("CANCELED");
    expect(await names()).toEqual(["a1"]);
  });
});

describe("a full run", () => {
  test("fetches the objects that it did not list, and no others", async () => {
    const script: Script = { pages: { a: [page("kept"), page("lost")], b: [page("other")] }, fetchable: ["Party"] };
    const engine = await open(script);
    await finished((await startRun(engine)).runId);
    script.pages["a"] = [page("kept", 2n)];
    script.pages["b"] = [page("other", 2n)];
    // A part of the streams proves nothing: another one may have listed it.
    await finished((await startRun(engine, { mode: "FULL", streams: ["a"] })).runId);
    expect(await query("select external_id from refetches")).toEqual([]);
    expect(await finished((await startRun(engine, { mode: "FULL" })).runId)).toBe("SUCCEEDED");
    expect(await query("select external_id from refetches")).toEqual([{ external_id: "lost" }]);
  });
});

describe("a source", () => {
  test("is as recent as its least recent stream", async () => {
    const refuse = () => {
      throw new ServiceError("UPSTREAM_REJECTED", "no right to read it");
    };
    const script: Script = { pages: { a: [page("a1")], b: [page("b1")] } };
    const engine = await open(script);
    const lagging = async () =>
      (await query<{ at: string | null }>("select last_success_at as at from stream_states where stream = 'b'"))[0]?.at;
    const lastSuccess = async () =>
      (await query<{ at: string | null }>("select last_success_at as at from sources"))[0]?.at;
    await finished((await startRun(engine)).runId);
    expect(await lastSuccess()).not.toBeNull();
    script.pages["b"] = [refuse];
    expect(await finished((await startRun(engine, { mode: "FULL" })).runId)).toBe("FAILED");
    expect(await finished((await startRun(engine, { streams: ["a"] })).runId)).toBe("SUCCEEDED");
    expect(await lastSuccess()).toBe(await lagging());
  });

  test("with refused credentials stops, makes one call per schedule, and recovers by itself (F29)", async () => {
    let calls = 0;
    let checks = 0;
    let works = false;
    const script: Script = {
      pages: {
        a: [
          () => {
            calls += 1;
            if (!works) throw new ServiceError("UPSTREAM_UNAUTHORIZED", "the upstream refused the credentials");
            return [partyMessage("a", "a", at(1n))];
          },
        ],
      },
      async check() {
        checks += 1;
        if (!works) throw new ServiceError("UPSTREAM_UNAUTHORIZED", "the upstream refused the credentials");
      },
    };
    const engine = await open(script);
    expect(await finished((await startRun(engine)).runId)).toBe("FAILED");
    const status = async () => (await query<{ status: string }>("select status from sources"))[0]?.status;
    expect([calls, await status()]).toEqual([1, "NEEDS_CREDENTIALS"]);
    const source = scriptedSource(script);
    expect(await pollSource(engines.store.db, source, log, Date.now)).toBe(false);
    expect([calls, checks]).toEqual([1, 1]);
    works = true;
    expect(await pollSource(engines.store.db, source, log, Date.now)).toBe(true);
    expect(await status()).toBe("ACTIVE");
    await eventually("the stored record", async () => (await names()).length === 1);
  });

  test("that is paused is not read, and continues at its position when it is resumed", async () => {
    const engine = await open({ pages: { a: [page("a1")] } });
    await engine.pauseSource(TENANT, "main");
    const { runId } = await startRun(engine);
    await expect(engine.pauseSource("globex", "main")).rejects.toMatchObject({ code: "NOT_FOUND" });
    expect(await query("select status from sync_runs where id = $1", [runId])).toEqual([{ status: "QUEUED" }]);
    await engine.resumeSource(TENANT, "main");
    expect(await finished(runId)).toBe("SUCCEEDED");
  });
});

describe("a stream", () => {
  test("is taken over from an unresponsive worker, whose late write is refused (F6)", async () => {
    const gate = Promise.withResolvers<void>();
    const requested = Promise.withResolvers<void>();
    const slow = async () => {
      requested.resolve();
      await gate.promise;
      return [partyMessage("zombie", "written by the zombie", at(1n))];
    };
    const zombie = await open({ pages: { a: [page("a1"), slow] } });
    const { runId } = await startRun(zombie);
    await requested.promise;
    await eventually("the first page", async () => (await names()).length > 0);
    // The effect of a SIGSTOP longer than the lease, seen from the database.
    await engines.store.db.transaction(TENANT, (tx) =>
      tx.query("update stream_states set lease_until = now() - interval '1 second'"),
    );
    await open({ pages: { a: [page("a1"), page("successor")] } });
    expect(await finished(runId)).toBe("SUCCEEDED");
    gate.resolve();
    // Not by closing it, which would stop it before it writes.
    await eventually("the end of the unresponsive worker's work", () => zombie.activeStreams() === 0);
    expect(await names()).toEqual(["a1", "successor"]);
    expect((await eventKinds()).filter((kind) => kind === "RunFinished")).toHaveLength(1);
  });

  test("is read by one worker at a time, for any number of processes", async () => {
    let inside = 0;
    let most = 0;
    const exclusive = (name: string) => async () => {
      inside += 1;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside -= 1;
      return [partyMessage(name, name, at(1n))];
    };
    const script = { pages: { a: Array.from({ length: 20 }, (_, index) => exclusive(`p${index}`)) } };
    const [first] = await Promise.all([open(script), open(script), open(script)]);
    const runs = await Promise.all([1, 2, 3].map(() => startRun(first, { mode: "FULL" })));
    await Promise.all(runs.map(({ runId }) => finished(runId)));
    expect(most).toBe(1);
  });
});
