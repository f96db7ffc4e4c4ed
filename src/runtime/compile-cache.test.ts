import { execFile } from "node:child_process";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterEach, beforeEach, expect, test } from "@jest/globals";

const run = promisify(execFile);
const MODULE = new URL("compile-cache.ts", import.meta.url).href;
const SCRIPT = `
  const { keepCompiledModules } = await import("${MODULE}");
  keepCompiledModules(process.env);
  await import("${new URL("loop.ts", import.meta.url).href}");
  process.stdout.write(String(process.env.NODE_COMPILE_CACHE));`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sluice-compile-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a process that keeps its compiled modules; returns the folder that its workers would use. */
async function runWith(env: Readonly<Record<string, string>>): Promise<string> {
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", SCRIPT], { env });
  return stdout;
}

test("a process that ends leaves its compiled modules in the data folder", async () => {
  const used = await runWith({ DATA_DIR: folder });
  expect(used.startsWith(join(folder, "compiled"))).toBe(true);
  const [versions = ""] = await readdir(join(folder, "compiled"));
  expect((await readdir(join(folder, "compiled", versions))).length).toBeGreaterThan(0);
});

test("the folder that the operator has chosen is used instead", async () => {
  const chosen = join(folder, "chosen");
  expect(await runWith({ DATA_DIR: folder, NODE_COMPILE_CACHE: chosen })).toBe(chosen);
  expect(await readdir(folder)).toEqual(["chosen"]);
});

test("a data folder that cannot be written is no reason not to start", async () => {
  expect(await runWith({ DATA_DIR: "/proc/nowhere" })).toBe("undefined");
});
