import type { Database, Transaction } from "../../src/store/database.ts";
import { nodesOf, type Plan } from "./plans.ts";

/** Work of one executed SQL statement, independent of the machine's speed. */
export interface StatementCost {
  readonly text: string;
  /** Rows and index entries that were read, including those that a condition then excluded. */
  readonly rows: number;
  /** Pages that were read. */
  readonly pages: number;
  /** Tables that were read as a whole. */
  readonly scannedTables: readonly string[];
  readonly plan: Plan;
}

const WRITES = /\b(insert|update|delete)\b/;

/** A database that behaves as `db`, and whose statements are measured, except those that write or lock. */
export function measureReads(db: Database, costs: StatementCost[]): Database {
  return {
    ...db,
    read: (tenantId, work) => db.read(tenantId, (tx) => work(measured(tx, costs))),
    transaction: (tenantId, work) => db.transaction(tenantId, (tx) => work(measured(tx, costs))),
  };
}

function measured(tx: Transaction, costs: StatementCost[]): Transaction {
  return {
    ...tx,
    async query(text, values, options) {
      if (WRITES.test(text)) return tx.query(text, values, options);
      const [row] = await tx.query<{ "QUERY PLAN": readonly [{ readonly Plan: Plan }] }>(
        `explain (analyze, buffers, timing off, format json) ${text}`,
        values,
      );
      if (row === undefined) throw new Error("EXPLAIN returns one row");
      costs.push(costOf(text, row["QUERY PLAN"][0].Plan));
      return tx.query(text, values, options);
    },
  };
}

function costOf(text: string, plan: Plan): StatementCost {
  const nodes = nodesOf(plan);
  return {
    text,
    rows: Math.round(nodes.filter(isScan).reduce((sum, node) => sum + rowsOf(node), 0)),
    pages: (plan["Shared Hit Blocks"] ?? 0) + (plan["Shared Read Blocks"] ?? 0),
    scannedTables: nodes
      .filter((node) => node["Node Type"] === "Seq Scan" && (node["Actual Loops"] ?? 0) > 0)
      .flatMap((node) => node["Relation Name"] ?? []),
    plan,
  };
}

const isScan = (node: Plan): boolean => node["Relation Name"] !== undefined || node["Index Name"] !== undefined;

/** Counts are averages over the repetitions of a node. */
function rowsOf(node: Plan): number {
  const excluded = (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  return ((node["Actual Rows"] ?? 0) + excluded) * (node["Actual Loops"] ?? 0);
}
