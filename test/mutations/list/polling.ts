import type { Mutation } from "../mutation.ts";

const ENGINE = ["test/integration/sync/engine.test.ts"];
const REFETCH = ["test/integration/inbox/refetch.test.ts"];
const MISSING = ["test/integration/sync/missing-objects.test.ts"];
const FILES = ["test/integration/files/apply.test.ts"];

/** Runs, leased streams, refetches, files. */
export const POLLING: readonly Mutation[] = [
  {
    breaks: "Nothing of a run is written after its source was disconnected.",
    file: "src/ingest/polling/end-runs-of-source.ts",
    find: "where source_id = $1 and lease_owner is not null`,",
    replace: "where source_id = $1 and lease_owner is null`,",
    tests: ["test/integration/sync/disconnect.test.ts"],
  },
  {
    breaks: "A batch is committed only by the owner of the lease.",
    file: "src/ingest/polling/commit-batch.ts",
    find: "leasedStreams.extend(tx, lease, checkpointOf(work, position))",
    replace: `(() => {
      const { set, values } = checkpointOf(work, position) ?? { set: "cursor = cursor", values: [] };
      const at = values.length;
      return tx.query(\`update stream_states set \${set} where source_id = $\${at + 1} and stream = $\${at + 2}\`, [...values, work.sourceId, work.stream]);
    })()`,
    tests: ENGINE,
  },
  {
    breaks: "Each takeover of a stream gets a new token.",
    file: "src/ingest/polling/stream-lease.ts",
    find: "lease_token = existing.lease_token + 1",
    replace: "lease_token = existing.lease_token",
    tests: ["test/integration/sync/stream-lease.test.ts"],
  },
  {
    breaks: "One worker at a time reads a stream.",
    file: "src/ingest/polling/stream-lease.ts",
    find: 'where ${isUnleased("existing")}',
    replace: "where true",
    tests: ENGINE,
  },
  {
    breaks: "A lease of a stream ends soon enough for a takeover within 15 seconds.",
    file: "src/ingest/polling/stream-lease.ts",
    find: "LEASE_MS = 9_000",
    replace: "LEASE_MS = 900_000",
    tests: ["test/integration/sync/stream-lease.test.ts"],
  },
  {
    breaks: "A cursor is committed with the records that it covers.",
    file: "src/ingest/polling/commit-batch.ts",
    find: "lease, checkpointOf(work, position)",
    replace: "lease",
    tests: ENGINE,
  },
  {
    breaks: "A canceled run commits nothing more.",
    file: "src/ingest/polling/commit-batch.ts",
    find: "if (row === undefined || row.canceled) throw",
    replace: "if (row === undefined) throw",
    tests: ["test/integration/sync/lifecycles.test.ts"],
  },
  {
    breaks: "A stream whose reader failed is not ended with its last batch.",
    file: "src/ingest/polling/ranges/batches.ts",
    find: " && ended.error === undefined };",
    replace: " };",
    tests: ["src/ingest/polling/ranges/read-ranges.test.ts"],
  },
  {
    breaks: "The last batch of a stream and the end of its run are one transaction.",
    file: "src/ingest/polling/read-stream.ts",
    find: "const isEnd = batch.isLast && !set.isWalk();",
    replace: "const isEnd = false;",
    tests: ENGINE,
  },
  {
    breaks: "A stream keeps its turn until its first checkpoint.",
    file: "src/ingest/polling/turns-to-end.ts",
    find: "hasAdvanced ? TURN_MS : LONGEST_TURN_MS",
    replace: "TURN_MS",
    tests: ["src/ingest/polling/turns-to-end.test.ts"],
  },
  {
    breaks: "A stream that failed for a while is retried.",
    file: "src/ingest/polling/run-stream.ts",
    find: "if (!retry) return endStream",
    replace: "if (retry) return endStream",
    tests: ENGINE,
  },
  {
    breaks: "The attempts of a stream are limited.",
    file: "src/ingest/polling/run-stream.ts",
    find: " && attempts + 1 < MAX_ATTEMPTS[work.mode]",
    replace: "",
    tests: ["test/integration/sync/due-streams.test.ts"],
  },
  {
    breaks: "The owner of a lost lease stops.",
    file: "src/runtime/keep-lease.ts",
    find: 'code === "LEASE_LOST" || ',
    replace: 'code === "CONFLICT" || ',
    tests: ["src/runtime/keep-lease.test.ts"],
  },
  {
    breaks: "A full run deletes what it did not list.",
    file: "src/ingest/polling/end-stream.ts",
    find: "const tombstoned = await tombstoneMissing(tx, connector, work);",
    replace: "const tombstoned: never[] = [];",
    tests: MISSING,
  },
  {
    breaks: "A failed run deletes nothing.",
    file: "src/ingest/polling/end-stream.ts",
    find: 'if (status !== "SUCCEEDED" || ended.mode !== "FULL") return',
    replace: 'if (ended.mode !== "FULL") return',
    tests: MISSING,
  },
  {
    breaks: "A source with refused credentials stops.",
    file: "src/ingest/polling/end-stream.ts",
    find: "recordResponse(tx, work.sourceId, signalOf(error), error)",
    replace: "recordResponse(tx, work.sourceId, undefined, error)",
    tests: ENGINE,
  },
  {
    breaks: "A request that was made again during a refetch is not ended by it.",
    file: "src/ingest/refetch-queue/complete-refetches.ts",
    find: "and existing.generation = completed.generation and existing.lease_owner = $3",
    replace: "and existing.lease_owner = $3",
    tests: REFETCH,
  },
  {
    breaks: "A refetch that another process has taken over is not ended.",
    file: "src/ingest/refetch-queue/complete-refetches.ts",
    find: "and existing.generation = completed.generation and existing.lease_owner = $3",
    replace: "and existing.generation = completed.generation and (existing.lease_owner = $3 or true)",
    tests: REFETCH,
  },
  {
    breaks: "A state that cannot be ordered is fetched again.",
    file: "src/ingest/apply/apply.ts",
    find: 'outcomes.filter(({ result }) => result === "conflict")',
    replace: "outcomes.filter(() => false)",
    tests: ["test/integration/inbox/apply.test.ts"],
  },
  {
    breaks: "Files of a source are applied in the order of their arrival.",
    file: "src/ingest/files/file-lease.ts",
    find: "order by attempts >= $3, received_at, id limit 1",
    replace: "order by received_at desc, id limit 1",
    tests: FILES,
  },
  {
    breaks: "A file that fails repeatedly does not block those after it.",
    file: "src/ingest/files/file-lease.ts",
    find: "and older.attempts < $3\n",
    replace: "and $3 > 0\n",
    tests: FILES,
  },
  {
    breaks: "One file of a source is applied at a time.",
    file: "src/ingest/files/file-lease.ts",
    find: 'and ${isLeased("other")})',
    replace: "and false)",
    tests: FILES,
  },
  {
    breaks: "Every tenant has its share of the due polls.",
    file: "src/sources/poll-schedule.ts",
    find: "as ordered order by turn, poll_due_at limit $1",
    replace: "as ordered order by poll_due_at limit $1",
    tests: ["test/integration/sync/poller.test.ts"],
  },
  {
    breaks: "A claimed poll is due again when its process has ended.",
    file: "src/sources/poll-schedule.ts",
    find: "set poll_due_at = now() + interval '${CLAIM_SECONDS} seconds'",
    replace: "set poll_due_at = now() + interval '1 hour'",
    tests: ["test/integration/sync/poller.test.ts"],
  },
  {
    breaks: "Every tenant has its share of the due streams.",
    file: "src/ingest/polling/find-due-streams.ts",
    find: "order by turn, random() limit $1",
    replace: "order by tenant_id limit $1",
    tests: ["test/integration/store/find-due-sources.test.ts"],
  },
  {
    breaks: "A stream that another process reads is not due.",
    file: "src/ingest/polling/find-due-streams.ts",
    find: ' and ${isUnleased("existing")}',
    replace: "",
    tests: ["test/integration/store/find-due-sources.test.ts"],
  },
];
