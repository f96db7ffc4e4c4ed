import { expect, test } from "@jest/globals";
import { importsOf, sourceFiles } from "./import-graph.ts";

const ROOT = process.cwd();
const SERVER = "src/store/embedded/embedded-postgres.ts";
/** What `npm run test:unit` runs. */
const UNIT = ["src", "sandbox", "resolvers", "dashboard"];

const imports = new Map<string, readonly string[]>();

/** The files that a file imports, each of which is read once. */
function importedBy(file: string): readonly string[] {
  const known = imports.get(file) ?? importsOf(ROOT, file).map(({ to }) => to);
  imports.set(file, known);
  return known;
}

/** The files that a file imports, directly or through others, and itself. */
function reachableFrom(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  for (const imported of importedBy(file)) reachableFrom(imported, found);
  return found;
}

test("no test beside the code can start PostgreSQL: it belongs in test/integration", () => {
  const tests = sourceFiles(ROOT, UNIT).filter((file) => file.endsWith(".test.ts"));
  expect(tests.length).toBeGreaterThan(0);
  expect(reachableFrom("test/integration/store/gate.test.ts")).toContain(SERVER); // one that does
  expect(tests.filter((file) => reachableFrom(file).has(SERVER))).toEqual([]);
});
