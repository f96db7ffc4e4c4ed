/**
 * Loaded into the service's processes by `--import`: counts the statements that they send to PostgreSQL, by text, and
 * writes them to `$STATEMENTS_FOLDER/PID.json` every second, so that a process that is killed has counts too.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { isMainThread } from "node:worker_threads";
import pg from "pg";

const folder = process.env["STATEMENTS_FOLDER"];
const counts = new Map<string, number>();

/** Text of the statement of a call of `query`, without its values. */
function textOf(statement: unknown): string {
  const text = typeof statement === "string" ? statement : (statement as { readonly text?: unknown }).text;
  return typeof text === "string" ? text.replaceAll(/\s+/g, " ").trim() : "other";
}

if (isMainThread && folder !== undefined) {
  const prototype = pg.Client.prototype as { query: (...args: readonly unknown[]) => unknown }; // one of its overloads
  const { query } = prototype;
  prototype.query = function count(this: unknown, ...args: readonly unknown[]): unknown {
    const text = textOf(args[0]);
    counts.set(text, (counts.get(text) ?? 0) + 1);
    return Reflect.apply(query, this, args);
  };
  const write = (): void => {
    const byCount = [...counts].toSorted(([, a], [, b]) => b - a);
    writeFileSync(join(folder, `${process.pid}.json`), JSON.stringify(Object.fromEntries(byCount), undefined, 1));
  };
  setInterval(write, 1_000).unref();
  process.once("exit", write);
}
