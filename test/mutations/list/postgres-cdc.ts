import type { Mutation } from "../mutation.ts";

const STREAM = "src/protocols/postgres-cdc/stream/replication-stream.ts";
const CONNECTION = ["test/integration/postgres-cdc/connection.test.ts"];
const SLOT = ["test/integration/postgres-cdc/slot.test.ts"];

/** Changes of a database that are followed through a replication slot. */
export const POSTGRES_CDC: readonly Mutation[] = [
  {
    breaks: "What is acknowledged is the committed position, not one byte more.",
    file: STREAM,
    find: "this.#acknowledged = lsn;",
    replace: "this.#acknowledged = lsn + 1n;",
    tests: ["test/integration/postgres-cdc/acknowledge.test.ts"],
  },
  {
    breaks: "The socket is not read while the consumer is behind.",
    file: STREAM,
    find: "if (!this.#isEnded && this.#options.consumer.isFull) this.#flow.pause();",
    replace: "if (this.#isEnded && this.#options.consumer.isFull) this.#flow.pause();",
    tests: CONNECTION,
  },
  {
    breaks: "Between two pieces that are read from the socket, other work gets the event loop.",
    file: STREAM,
    find: "    this.#flow.endTurn();\n",
    replace: "",
    tests: CONNECTION,
  },
  {
    breaks: "A queue that never becomes empty keeps nothing that it delivered.",
    file: "src/protocols/postgres-cdc/stream/event-queue.ts",
    find: " || this.#start >= REMOVED_AT_ONCE",
    replace: "",
    tests: ["src/protocols/postgres-cdc/stream/event-queue.test.ts"],
  },
  {
    breaks: "Silence while the socket is not read is no sign of a dead connection.",
    file: "src/protocols/postgres-cdc/stream/heartbeat.ts",
    find: "const silentMs = isPaused() ? 0 : nowMs - this.#receivedAtMs;",
    replace: "const silentMs = nowMs - this.#receivedAtMs;",
    tests: CONNECTION,
  },
  {
    breaks: "A slot that is ahead of the stored position is a gap.",
    file: "src/protocols/postgres-cdc/slot/history.ts",
    find: "if (confirmedTo > stored) {",
    replace: "if (confirmedTo > stored + 1_000_000_000n) {",
    tests: SLOT,
  },
  {
    breaks: "A publication that was altered while nobody followed it is a gap.",
    file: "src/protocols/postgres-cdc/slot/open-slot.ts",
    find: "(position.catalog === catalog ? undefined : CATALOG_GAP)",
    replace: "(position.catalog.length === catalog.length ? undefined : CATALOG_GAP)",
    tests: SLOT,
  },
  {
    breaks: "A row that a transaction has marked has the interval of its chunk, not an exact version.",
    file: "src/protocols/postgres-cdc/snapshot/table-reader.ts",
    find: "xmax === NO_TRANSACTION ? { from: until, until }",
    replace: "xmax !== null ? { from: until, until }",
    tests: ["test/integration/postgres-cdc/snapshot.test.ts"],
  },
  {
    breaks: "A watermark counts only when every transaction that had an id at its time has ended.",
    file: "src/protocols/postgres-cdc/snapshot/watermarks.ts",
    find: "({ nextXid }) => nextXid <= xmin",
    replace: "({ nextXid }) => nextXid <= xmin + 1n",
    tests: ["src/protocols/postgres-cdc/snapshot/watermarks.test.ts"],
  },
  {
    breaks: "The latest watermark counts only when every transaction that had an id at its time has ended.",
    file: "src/protocols/postgres-cdc/snapshot/watermarks.ts",
    find: "this.#latest.nextXid <= xmin",
    replace: "this.#latest.nextXid <= xmin + 1n",
    tests: ["src/protocols/postgres-cdc/snapshot/watermarks.test.ts"],
  },
  {
    breaks: "A row whose large value was not sent is read again, and keeps it.",
    file: "src/connectors/postgres-ledger/rows/row.ts",
    find: "if (value === NOT_SENT) throw new ValueNotSent();",
    replace: "if (value === NOT_SENT) return null;",
    tests: ["test/integration/postgres-ledger/follow.test.ts"],
  },
  {
    breaks: "A changed key deletes the object with the old one.",
    file: "src/connectors/postgres-ledger/changes.ts",
    find: "return id.includes(name) && before !== NOT_SENT && before !== row[index];",
    replace: "return !id.includes(name) && before !== NOT_SENT && before !== row[index];",
    tests: ["test/integration/postgres-ledger/follow.test.ts"],
  },
  {
    breaks: "An amount is never read from a column that is not exact.",
    file: "src/connectors/postgres-ledger/catalog/catalog-problems.ts",
    find: "TYPES[use].includes(found.type)) return [];",
    replace: "TYPES[use].length > 0) return [];",
    tests: ["test/integration/postgres-ledger/check.test.ts"],
  },
  {
    breaks: "The certificate of a database is always verified.",
    file: "src/protocols/postgres-cdc/database/connection.ts",
    find: "rejectUnauthorized: true,",
    replace: "rejectUnauthorized: false,",
    tests: ["test/integration/postgres-ledger/tls.test.ts"],
  },
  {
    breaks: "Tables are read in full when their settings have changed.",
    file: "src/connectors/postgres-ledger/feed.ts",
    find: "position.tables !== tables) {",
    replace: "position.tables === undefined) {",
    tests: ["test/integration/postgres-ledger/balances.test.ts"],
  },
  {
    breaks: "Status updates are sent while the consumer is slow.",
    file: "src/protocols/postgres-cdc/stream/heartbeat.ts",
    find: "      sendStatus(silentMs >= timings.statusIntervalMs / 2);",
    replace: "      if (!isPaused()) sendStatus(silentMs >= timings.statusIntervalMs / 2);",
    tests: CONNECTION,
  },
  {
    breaks: "The slot of a database without changes follows the log.",
    file: STREAM,
    find: "if (!this.#isInTransaction) this.#options.consumer.take({",
    replace: "if (this.#isInTransaction) this.#options.consumer.take({",
    tests: SLOT,
  },
  {
    breaks: "A server that has forgotten what was confirmed does not send it again.",
    file: "src/protocols/postgres-cdc/slot/open-slot.ts",
    find: "stored > confirmedTo && stored <= server.flushedTo ? stored : confirmedTo",
    replace: "confirmedTo",
    tests: SLOT,
  },
  {
    breaks: "A slot can be synchronized to a standby.",
    file: "src/protocols/postgres-cdc/slot/create-slot.ts",
    find: 'serverVersion >= FAILOVER_SINCE ? ["FAILOVER true"] : []',
    replace: 'serverVersion < FAILOVER_SINCE ? ["FAILOVER true"] : []',
    tests: SLOT,
  },
  {
    breaks: "A promoted standby that had everything is followed on.",
    file: "src/protocols/postgres-cdc/slot/history.ts",
    find: "if (switchPoint !== undefined && lsnOf(position) <= switchPoint) return undefined;",
    replace: "if (switchPoint !== undefined && lsnOf(position) > switchPoint) return undefined;",
    tests: SLOT,
  },
];
