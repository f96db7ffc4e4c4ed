import { expect, test } from "@jest/globals";
import { globSync, readFileSync } from "node:fs";
import { RULES } from "../../src/diagnosis/rules/rules.ts";
import { SEVERITIES, SEVERITY_OF_KIND } from "../../src/domain/severity.ts";
import { DRIFT_KINDS } from "../../src/ingest/apply/drift-kinds.ts";
import { INVARIANTS } from "../../src/reconcile/invariants/invariants.ts";
import { tableUnder } from "../helpers/documents.ts";

/** Kinds that the code names where it opens findings. */
function kindsInCode(): readonly string[] {
  const files = globSync("src/{ingest,reconcile,sources,upstream,alerts}/**/*.ts").filter(
    (path) => !path.endsWith(".test.ts"),
  );
  return files.flatMap((path) => {
    const text = readFileSync(path, "utf8");
    if (!/findings\.ts"|recordDrift|invariant\.ts"/i.test(text)) return [];
    const named = text.matchAll(/\b(?:kind: |one: |many: |(?:KIND|_FINDING|[A-Z_]+) = )"([A-Z]+(?:_[A-Z]+)+)"/g);
    return [...named].map(([, kind = ""]) => kind);
  });
}

/** Other constants of those files. */
const NO_KINDS: ReadonlySet<string> = new Set(["FORMAT_MISMATCH", "ASYNC_BOTTLENECK", "SOURCE_HEALTH"]);

test("every kind of finding has a severity, and no other has one", () => {
  const kinds = new Set([
    ...RULES.filter(({ isRecorded }) => isRecorded).map(({ id }) => id),
    ...Object.keys(DRIFT_KINDS),
    ...INVARIANTS.map(({ kind }) => kind),
    ...kindsInCode().filter((kind) => !NO_KINDS.has(kind)),
  ]);
  expect(Object.keys(SEVERITY_OF_KIND).toSorted()).toEqual([...kinds].toSorted());
});

test("docs/alerts.md has the severity of every kind", () => {
  const rows = tableUnder("docs/alerts.md", "Severity").map(([severity = "", kinds = ""]) => [
    severity.replaceAll("`", ""),
    [...kinds.matchAll(/`(\w+)`/g)].map(([, kind = ""]) => kind).toSorted(),
  ]);
  const expected = SEVERITIES.map((severity) => [
    severity,
    Object.entries(SEVERITY_OF_KIND)
      .filter(([, own]) => own === severity)
      .map(([kind]) => kind)
      .toSorted(),
  ]);
  expect(rows).toEqual(expected);
});
