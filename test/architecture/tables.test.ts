import { expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { sourceFiles } from "./import-graph.ts";
import { ERASES_EVERY_TABLE, NAMED_BY_CONSTANTS, TABLE_OWNERS } from "./table-owners.ts";

interface Write {
  readonly file: string;
  /** Name, or the interpolation that gives it. */
  readonly table: string;
}

const INSERT_OR_DELETE = /\b(?:insert\s+into|delete\s+from|merge\s+into)\s+(?:only\s+)?(?:sluice\.)?(\$\{|\w+)/g;
const UPDATE = /\bupdate\s+(?:only\s+)?(?:sluice\.)?(\$\{[^}]*\}|\w+)(?:\s+(?:as\s+)?\w+)?\s+set\b/g;

/** Tables that a text of SQL writes. A row that is locked, `for update`, is not a write; neither is an upsert's update. */
function writesIn(file: string, text: string): readonly Write[] {
  const code = text.replaceAll(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, "");
  return [...code.matchAll(INSERT_OR_DELETE), ...code.matchAll(UPDATE)].map(([, table = ""]) => ({
    file,
    table: table.startsWith("${") ? "${" : table,
  }));
}

const files = sourceFiles(process.cwd(), ["src", "resolvers"]).filter(
  (file) => !file.endsWith(".test.ts") && !file.startsWith("src/store/migrations/"),
);
const writes = files.flatMap((file) => writesIn(file, readFileSync(file, "utf8")));
const isIn = (file: string, place: string): boolean => file === place || file.startsWith(`${place}/`);

test("each table is written by the files of one folder", () => {
  const elsewhere = writes.filter(({ file, table }) => table !== "${" && !isIn(file, TABLE_OWNERS[table] ?? ""));
  expect(elsewhere).toEqual([]);
});

test("a statement whose table is a constant is in a folder that owns all tables of the constant", () => {
  const elsewhere = writes.filter(
    ({ file, table }) =>
      table === "${" && ![...NAMED_BY_CONSTANTS, ERASES_EVERY_TABLE].some((place) => isIn(file, place)),
  );
  expect(elsewhere).toEqual([]);
});

test("the folder that erases sources only deletes from tables that are not its own", () => {
  const texts = files.filter((file) => isIn(file, ERASES_EVERY_TABLE)).map((file) => readFileSync(file, "utf8"));
  expect(texts.join("\n")).not.toMatch(/\b(?:insert into|update|merge into) \$\{/);
  expect(texts.join("\n")).toContain("delete from ${table}");
});

test("every table that is not written by constants has a writer in its folder", () => {
  const written = new Set(writes.map(({ table }) => table));
  const unwritten = Object.entries(TABLE_OWNERS).filter(
    ([table, place]) => !written.has(table) && !NAMED_BY_CONSTANTS.some((constant) => isIn(constant, place)),
  );
  expect(unwritten).toEqual([]);
});

test.each([
  ["insert into sources (id) values ($1)", ["sources"]],
  ["with a as (\n  delete from sluice.events where seq = 1\n) select 1", ["events"]],
  ["update deliveries as existing set status = $1", ["deliveries"]],
  ["update sync_run_streams streams set records = 1", ["sync_run_streams"]],
  ["insert into ${table} as stored values ($1)", ["${"]],
  ["update ${ENTITY_TABLES[type].table} as stored set a = 1", ["${"]],
  ["insert into a values (1) on conflict (id) do update set b = 1", ["a"]],
  ["select 1 from sources where id = $1 for update skip locked", []],
  ["// insert into sources", []],
  ["// a comment\ninsert into events values (1)", ["events"]],
])("%j writes %j", (statement, tables) => {
  expect(writesIn("", statement).map(({ table }) => table)).toEqual(tables);
});
