import { describe, expect, test } from "@jest/globals";
import { readFileSync } from "node:fs";
import { sourceFiles } from "./import-graph.ts";

describe("no test can ignore the answer of a control call (F121)", () => {
  const files = sourceFiles(process.cwd(), ["test", "sandbox", "src"]);
  const contents = files.map((file) => [file, readFileSync(file, "utf8")] as const);

  test("all make their calls with callControl", () => {
    const own = contents.filter(([, text]) => /fetch\([^;]*\/_sandbox\//s.test(text)).map(([file]) => file);
    // The demo is no test: its calls have a signal, and it goes on without a fault that it cannot set.
    expect(own).toEqual(["sandbox/shared/call-control.ts", "src/demo/control-api.ts"]);
  });

  test("no call has a handler for its failure", () => {
    const call = /\b(?:control|callControl|callControlText)\((?:[^()]|\([^()]*\))*\)\s*\.(?:catch|then|finally)\(/;
    expect(call.test('stripe.control("POST", "faults", { latencyMs: 15 }).catch(() => undefined)')).toBe(true);
    expect(contents.filter(([file, text]) => file.endsWith(".ts") && call.test(text)).map(([file]) => file)).toEqual([
      "test/architecture/control-calls.test.ts",
    ]);
  });
});
