import pg from "pg";
import { pino } from "pino";
import { createLoaders, type Loaders } from "../../src/graph/loaders/index.ts";
import { createReadThrough } from "../../src/ingest/read-through/read-through.ts";
import type { Database, Transaction } from "../../src/store/database.ts";
import { createLoopTurns } from "../../src/runtime/loop-turns.ts";
import { createWakeUps } from "../../src/runtime/wake-ups.ts";
import type { TestStore } from "./store.ts";
import { registryOf } from "../../src/sources/source-registry.ts";

/** A node of PostgreSQL's plan of an SQL statement. */
export interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly "Index Cond"?: string;
  /** After the statement was executed (EXPLAIN ANALYZE). */
  readonly "Actual Rows"?: number;
  readonly "Actual Loops"?: number;
  readonly "Rows Removed by Filter"?: number;
  readonly "Rows Removed by Index Recheck"?: number;
  readonly "Shared Hit Blocks"?: number;
  readonly "Shared Read Blocks"?: number;
  readonly Plans?: readonly Plan[];
}

/** The node and all below it. */
export function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** The plans of the SQL statements that a read of tenant `acme` sends, planned under the application's role. */
export async function plansOf(
  store: TestStore,
  read: (loaders: Loaders) => Promise<unknown>,
): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  const explaining: Database = {
    ...store.db,
    read: (tenantId, work) => store.db.read(tenantId, (tx) => work(explained(tx, plans))),
  };
  const operation = { tenantId: "acme", signal: new AbortController().signal };
  const reads = nothingFetched(store).begin(operation);
  const pieces = createLoopTurns().open(["acme"]);
  await read(createLoaders({ ...operation, database: explaining, reads, pieces }));
  return plans.flatMap(nodesOf);
}

/** The plans of the SQL statements that an operation of tenant `acme` sends, including writes. */
export async function plansOfWork(
  store: TestStore,
  work: (tx: Transaction) => Promise<unknown>,
): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  await store.db.transaction("acme", (tx) => work(explained(tx, plans)));
  return plans.flatMap(nodesOf);
}

/** The transaction, with each SQL statement planned before it is sent. */
function explained(tx: Transaction, plans: Plan[]): Transaction {
  return {
    ...tx,
    async query(text, values) {
      const rows = await tx.query<{ "QUERY PLAN": readonly { readonly Plan: Plan }[] }>(
        `explain (format json) ${text}`,
        values,
      );
      plans.push(...rows.flatMap((row) => row["QUERY PLAN"].map((entry) => entry.Plan)));
      return tx.query(text, values);
    },
  };
}

/** Read-through without any source. */
function nothingFetched(store: TestStore) {
  const log = pino({ level: "silent" });
  return createReadThrough({ db: store.db, sources: registryOf([]), log, wakeUps: createWakeUps() });
}

/** Updates the planner's statistics as autovacuum would, and vacuums these tables as it would after inserts. */
export async function analyze(store: TestStore, ...vacuumed: readonly string[]): Promise<void> {
  const client = new pg.Client(store.connection);
  await client.connect();
  for (const table of vacuumed) await client.query(`vacuum sluice.${table}`);
  await client.query("analyze");
  await client.end();
}
