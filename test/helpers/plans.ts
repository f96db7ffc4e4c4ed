import pg from "pg";
import { pino } from "pino";
import { createLoaders, type Loaders } from "../../src/loaders/index.ts";
import { createReadThrough } from "../../src/read-through/read-through.ts";
import type { Database, Transaction } from "../../src/store/database.ts";
import type { TestStore } from "./store.ts";

/** A step of PostgreSQL's plan of a statement. */
export interface Plan {
  readonly "Node Type": string;
  readonly "Relation Name"?: string;
  readonly "Index Name"?: string;
  readonly Plans?: readonly Plan[];
}

function nodesOf(plan: Plan): Plan[] {
  return [plan, ...(plan.Plans ?? []).flatMap(nodesOf)];
}

/** The plans of the statements that a read of tenant `acme` sends, as the application's role makes them. */
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
  await read(createLoaders({ ...operation, database: explaining, reads }));
  return plans.flatMap(nodesOf);
}

/** The plans of the statements that some work of tenant `acme` sends, also of those that write. */
export async function plansOfWork(
  store: TestStore,
  work: (tx: Transaction) => Promise<unknown>,
): Promise<readonly Plan[]> {
  const plans: Plan[] = [];
  await store.db.transaction("acme", (tx) => work(explained(tx, plans)));
  return plans.flatMap(nodesOf);
}

/** The transaction, whose statements are planned before they are sent. */
function explained(tx: Transaction, plans: Plan[]): Transaction {
  return {
    tenantId: tx.tenantId,
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
  return createReadThrough({ db: store.db, sources: new Map(), log, onDoubts: () => undefined });
}

/** Gives the planner the statistics that autovacuum would, and cleans up after inserts as it would in these tables. */
export async function analyze(store: TestStore, ...vacuumed: readonly string[]): Promise<void> {
  const client = new pg.Client(store.connection);
  await client.connect();
  for (const table of vacuumed) await client.query(`vacuum sluice.${table}`);
  await client.query("analyze");
  await client.end();
}
