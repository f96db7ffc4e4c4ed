import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";

export type TestResult =
  | { readonly kind: "passed" }
  /** `test` is the full title of the first test that failed. */
  | { readonly kind: "failed"; readonly test: string }
  /** The tests did not end within their time. */
  | { readonly kind: "hung" }
  /** No test ran: a file could not be loaded. */
  | { readonly kind: "broken"; readonly reason: string };

/** A test that a mutation lets wait forever fails after this time. No healthy test of a detector takes nearly as long. */
const TEST_LIMIT_MS = 60_000;

const report = z.object({
  numPassedTests: z.number(),
  testResults: z.array(
    z.object({
      message: z.string(),
      assertionResults: z.array(z.object({ status: z.string(), fullName: z.string() })),
    }),
  ),
});

export interface RunTestsOptions {
  /** The working copy. */
  readonly root: string;
  readonly files: readonly string[];
  readonly limitMs: number;
  /** Ends the tests; the promise then rejects. */
  readonly signal: AbortSignal;
}

/** Runs test files of a working copy with jest. */
export async function runTests({ root, files, limitMs, signal }: RunTestsOptions): Promise<TestResult> {
  const output = join(root, "test-report.json");
  await rm(output, { force: true });
  const limits = [`--testTimeout=${TEST_LIMIT_MS}`, "--cacheDirectory", join(root, "jest-cache")];
  const jest = ["node_modules/jest/bin/jest.js", "--json", "--outputFile", output, "--runTestsByPath", ...limits];
  // A group of its own: the processes that the tests started end with it.
  const child = spawn(process.execPath, [...jest, ...files], { cwd: root, stdio: "ignore", detached: true });
  const limit = AbortSignal.timeout(limitMs);
  const end = AbortSignal.any([signal, limit]);
  const kill = (): void => void (child.pid !== undefined && process.kill(-child.pid, "SIGKILL"));
  end.addEventListener("abort", kill);
  const [code, killedBy] = (await once(child, "close")) as [number | null, NodeJS.Signals | null]; // by Node's documents
  end.removeEventListener("abort", kill);
  signal.throwIfAborted();
  if (limit.aborted) return { kind: "hung" };
  // Without memory, for example, jest ends without a report: the mutation does not go unnoticed.
  if (!existsSync(output)) return { kind: "failed", test: `jest itself, which ended with ${killedBy ?? code}` };
  return resultOf(await readFile(output, "utf8"));
}

function resultOf(text: string): TestResult {
  const { numPassedTests, testResults } = report.parse(JSON.parse(text));
  const failed = testResults.flatMap((file) => file.assertionResults).find(({ status }) => status === "failed");
  if (failed !== undefined) return { kind: "failed", test: failed.fullName };
  const unloaded = testResults.find(({ message, assertionResults }) => message !== "" && assertionResults.length === 0);
  if (unloaded !== undefined) return { kind: "broken", reason: unloaded.message };
  return numPassedTests > 0 ? { kind: "passed" } : { kind: "broken", reason: "no test ran" };
}
