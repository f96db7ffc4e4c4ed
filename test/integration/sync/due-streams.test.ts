import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { ServiceError } from "../../../src/domain/error.ts";
import { scriptedSource } from "../../fakes/scripted-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { at, partyMessage } from "../../helpers/messages.ts";
import { startRun, type SyncEngines, TENANT, useSyncEngines } from "../../helpers/sync-engines.ts";

let engines: SyncEngines;
beforeEach(async () => {
  engines = await useSyncEngines();
});
afterEach(async () => {
  await engines[Symbol.asyncDispose]();
});

const never = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => signal.addEventListener("abort", () => reject(signal.reason as Error)));
const page = () => [partyMessage("x", "x", at(1n))];

/** Streams of runs of a source that is no longer configured in any process. */
async function leaveRunsOfRemovedSource(count: number): Promise<void> {
  await engines.query(
    "insert into sources (tenant_id, id, connector, status, status_since) values ($1, 'gone', 'scripted', 'ACTIVE', now())",
    [TENANT],
  );
  await engines.query(
    `insert into sync_runs (tenant_id, id, source_id, mode, trigger, status, created_at, event_seq)
     select $1, 'run_gone_' || n, 'gone', 'INCREMENTAL', 'SCHEDULE', 'QUEUED', now(), 0 from generate_series(1, $2) n`,
    [TENANT, count],
  );
  await engines.query(
    `insert into sync_run_streams (tenant_id, run_id, stream, source_id, status, next_attempt_at)
     select $1, 'run_gone_' || n, 'stream' || n, 'gone', 'QUEUED', now() - interval '1 day' from generate_series(1, $2) n`,
    [TENANT, count],
  );
}

describe("a run is started", () => {
  test("with any number of older ones of a source that is no longer configured", async () => {
    await leaveRunsOfRemovedSource(100);
    const engine = await engines.open(scriptedSource({ pages: { a: [page] } }));
    expect(await engines.finished((await startRun(engine)).runId)).toBe("SUCCEEDED");
  });
});

test("the open runs of one source are limited, and a repeated request still returns its own", async () => {
  const engine = await engines.open(scriptedSource({ pages: { a: [page] } }));
  await engine.pauseSource(TENANT, "main");
  const first = await startRun(engine, { idempotencyKey: "first" });
  const rest = await Promise.allSettled(Array.from({ length: 120 }, () => startRun(engine)));
  const refused = rest.filter((result) => result.status === "rejected");
  expect(refused.length).toBeGreaterThan(0);
  for (const { reason } of refused) expect(reason).toMatchObject({ code: "OVERLOADED", retryable: true });
  expect(await startRun(engine, { idempotencyKey: "first" })).toEqual(first);
  await engine.cancelSync(TENANT, first.runId);
});

test.each([
  ["FULL", "SUCCEEDED"],
  ["INCREMENTAL", "FAILED"],
] as const)("after an outage of twelve attempts a run of mode %s has status %s", async (mode, expected) => {
  let tries = 0;
  const flaky = () => {
    tries += 1;
    if (tries <= 12) throw new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream is not reachable");
    return page();
  };
  const engine = await engines.open(scriptedSource({ pages: { a: [page, flaky] } }));
  const { runId } = await startRun(engine, { mode });
  expect(await engines.finished(runId)).toBe(expected);
  const [state] = await engines.query<{ cursor: unknown }>("select cursor from stream_states");
  expect(state?.cursor).toEqual({ page: mode === "FULL" ? 2 : 1 });
});

test("failed attempts before a page do not count with those after it", async () => {
  let [before, after] = [7, 1]; // one less than an incremental run allows in a row
  const away = () => new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream is not reachable");
  const late = () => {
    if (before-- > 0) throw away();
    return page();
  };
  const later = () => {
    if (after-- > 0) throw away();
    return page();
  };
  const engine = await engines.open(scriptedSource({ pages: { a: [late, later] } }));
  expect(await engines.finished((await startRun(engine)).runId)).toBe("SUCCEEDED");
});

describe("a canceled run ends", () => {
  const expireLeases = () => engines.query("update stream_states set lease_until = now() - interval '1 second'");

  test("when its worker is killed before it can report", async () => {
    const waiting = Promise.withResolvers<void>();
    const hang = async (signal: AbortSignal) => {
      waiting.resolve();
      return never(signal);
    };
    const killed = await engines.open(scriptedSource({ pages: { a: [hang] } }));
    const { runId } = await startRun(killed);
    await waiting.promise;
    // As a worker leaves it that is killed after the request, and before its next check.
    await engines.query("update sync_runs set cancel_requested = true where id = $1", [runId]);
    await engines.query("update stream_states set lease_token = lease_token + 1, lease_owner = 'nobody'");
    await expireLeases();
    await engines.open(scriptedSource({ pages: { a: [page] } }));
    expect(await engines.finished(runId)).toBe("CANCELED");
    const kinds = await engines.query<{ kind: string }>("select kind from events order by seq");
    expect(kinds.map(({ kind }) => kind).filter((kind) => kind === "RunFinished")).toHaveLength(1);
  });

  test("when its stream was postponed and another run has a lease on the stream meanwhile", async () => {
    const engine = await engines.open(scriptedSource({ pages: { a: [never] } }));
    const holder = await startRun(engine);
    await eventually("the stream to be held", () => engine.activeStreams() === 1);
    const { runId: canceledId } = await startRun(engine);
    await engines.query(
      "update sync_run_streams set status = 'RUNNING', next_attempt_at = now() + interval '1 hour' where run_id = $1",
      [canceledId],
    );
    await engine.cancelSync(TENANT, canceledId);
    await engine.cancelSync(TENANT, holder.runId);
    expect(await engines.finished(holder.runId)).toBe("CANCELED");
    expect(await engines.finished(canceledId)).toBe("CANCELED");
  });
});
