import { describe, expect, test } from "@jest/globals";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const GENERATED = "resolvers/__generated__/types.ts";

/** The output of codegen now, written to a separate folder so that the checkout is not changed. */
async function generate(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-codegen-"));
  try {
    for (const name of ["schema", "node_modules", "package.json"]) await symlink(join(ROOT, name), join(folder, name));
    await writeFile(join(folder, "codegen.yml"), await readFile(join(ROOT, "codegen.yml")));
    const cli = join(ROOT, "node_modules/@graphql-codegen/cli/cjs/bin.js");
    await run(process.execPath, [cli, "--config", "codegen.yml"], { cwd: folder, timeout: 60_000 });
    return await readFile(join(folder, GENERATED), "utf8");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe("the generated types", () => {
  test("equal those of the SDL: run `npm run codegen`", async () => {
    expect(await generate()).toBe(await readFile(join(ROOT, GENERATED), "utf8"));
  });

  test("import types only, from files that Node finds", async () => {
    const imports = (await readFile(join(ROOT, GENERATED), "utf8")).match(/^import .*$/gm) ?? [];
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter((line) => !/^import type .* from '(graphql|\..*\.ts)';$/.test(line))).toEqual([]);
  });
});
