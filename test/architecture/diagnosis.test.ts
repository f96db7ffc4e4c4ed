import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import { parse, validate } from "graphql";
import { RULES } from "../../src/diagnosis/rules/rules.ts";
import { FAILURE_CAUSES } from "../../src/domain/error.ts";
import { HEALTH_STATES } from "../../src/domain/health.ts";
import { loadSchema } from "../../src/server/load-schema.ts";
import { RULE_TESTS } from "../integration/diagnosis/rule-tests.ts";
import { codeBlock, tableUnder } from "../helpers/documents.ts";

describe("the rules of the diagnosis", () => {
  test("are those of the table in the documents", () => {
    const expected = RULES.map(({ id, cause, state, reads, concludes, isRecorded }) => [
      `\`${id}\``,
      cause ?? "of the failure",
      state ?? "depends",
      reads.join(", "),
      concludes,
      isRecorded === true ? "yes" : "",
    ]);
    expect(tableUnder("docs/diagnosis.md", "Rules")).toEqual(expected);
  });

  test("are tested with their faults, each by a test that names it in its title", () => {
    expect(Object.keys(RULE_TESTS)).toEqual(RULES.map(({ id }) => id));
    const untested = Object.entries(RULE_TESTS).filter(([id, file]) => {
      const text = readFileSync(`test/integration/${file}`, "utf8");
      const titles = [...text.matchAll(/\btest\(\s*"([^"]+)"/g)].map(([, title]) => title ?? "");
      return !titles.some((title) => new RegExp(`\\((?:.*, )?${id}(?:, .*)?\\)$`).test(title));
    });
    expect(untested).toEqual([]);
  });

  test("have ids of their own, and causes and states of the graph", () => {
    const schema = loadSchema();
    expect(new Set(RULES.map(({ id }) => id)).size).toBe(RULES.length);
    const valuesOf = (name: string) => {
      const type = schema.getType(name);
      return type !== undefined && "getValues" in type ? type.getValues().map((value) => value.name) : [];
    };
    expect(valuesOf("FailureCause")).toEqual([...FAILURE_CAUSES]);
    expect(valuesOf("HealthState").toSorted()).toEqual(HEALTH_STATES.toSorted());
  });
});

test.each(["health", "metrics"])("the example %s of the documents is a valid query", (name) => {
  expect(validate(loadSchema(), parse(codeBlock("example", name, "graphql")))).toEqual([]);
});
