/**
 * `npm run test:mutations`: puts one small defect after the other into a copy of the project and runs the tests that
 * must notice it. Fails when one survives. `-- webhooks store` runs these themes only, `-- --part=2/8` an eighth,
 * `-- --match="the fence"` those whose sentence contains a text; it may be given more than once.
 */
import { parseArgs } from "node:util";
import { MUTATIONS, THEMES } from "./list.ts";
import type { Mutation } from "./mutation.ts";
import { runTests, type TestResult } from "./run-tests.ts";
import { useWorkingCopy, type WorkingCopy } from "./working-copy.ts";

/** Time for the tests of one mutation: a mutation that makes a test wait forever is noticed too. */
const LIMIT_MS = 240_000;

const OPTIONS = { part: { type: "string" }, match: { type: "string", multiple: true } } as const;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Returns the mutations that the command line selects. @throws Error for a theme or part that does not exist */
function selected(): readonly Mutation[] {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const unknown = positionals.filter((name) => !(name in THEMES));
  if (unknown.length > 0)
    throw new Error(`no theme ${unknown.join(", ")}; there are ${Object.keys(THEMES).join(", ")}`);
  const all = positionals.length === 0 ? MUTATIONS : positionals.flatMap((name) => THEMES[name] ?? []);
  const [part = 1, parts = 1] = (values.part ?? "1/1").split("/").map(Number);
  if (!(part >= 1 && part <= parts)) throw new Error(`part must be such as 2/8, got ${values.part}`);
  const requested = values.match?.map((text) => text.toLowerCase());
  const matching = all.filter(({ breaks }) => requested?.some((text) => breaks.toLowerCase().includes(text)) ?? true);
  return matching.filter((_, index) => index % parts === part - 1);
}

/** Without a mutation all tests must pass: otherwise a failure would prove nothing. */
async function requireHealthy(
  { root }: WorkingCopy,
  mutations: readonly Mutation[],
  signal: AbortSignal,
): Promise<void> {
  const files = [...new Set(mutations.flatMap(({ tests }) => tests))];
  const result = await runTests({ root, files, limitMs: mutations.length * LIMIT_MS, signal });
  if (result.kind === "passed") return;
  throw new Error(`the tests do not pass without a mutation: ${describe(result)}`);
}

function describe(result: TestResult): string {
  if (result.kind === "failed") return result.test;
  if (result.kind === "broken") return result.reason;
  return result.kind === "hung" ? "the tests did not end" : "every test passed";
}

/** @param signal aborted when the command is to end early: nothing of it remains then */
async function main(signal: AbortSignal): Promise<void> {
  const mutations = selected();
  await using copy = await useWorkingCopy();
  print(`${mutations.length} mutations; first the tests without a mutation`);
  await requireHealthy(copy, mutations, signal);
  const survivors: string[] = [];
  for (const [index, mutation] of mutations.entries()) {
    const startedAtMs = performance.now();
    const run = { root: copy.root, files: mutation.tests, limitMs: LIMIT_MS, signal };
    const result = await copy.withMutation(mutation, () => runTests(run));
    const isNoticed = result.kind === "failed" || result.kind === "hung";
    const seconds = ((performance.now() - startedAtMs) / 1_000).toFixed(0);
    print(`${index + 1}. ${isNoticed ? "noticed" : "SURVIVED"} (${seconds} s): ${mutation.breaks}`);
    print(`     ${describe(result)}`);
    if (!isNoticed) survivors.push(`${mutation.breaks} (${mutation.file}): ${describe(result)}`);
  }
  print(`${mutations.length - survivors.length} noticed, ${survivors.length} survived`);
  for (const survivor of survivors) print(`SURVIVED: ${survivor}`);
  process.exitCode = survivors.length === 0 ? 0 : 1;
}

const ending = new AbortController();
for (const name of ["SIGINT", "SIGTERM"] as const) {
  process.once(name, () => ending.abort(new Error(`ended by ${name}`)));
}
await main(ending.signal);
