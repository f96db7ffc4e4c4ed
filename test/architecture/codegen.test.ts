import { describe, expect, test } from "@jest/globals";
import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const TYPES = "resolvers/__generated__/types.ts";
const OPERATIONS = "dashboard/operations/__generated__/operations.ts";
const DOCUMENTS = "dashboard/operations/documents";

/** The output of codegen now, written to a separate folder so that the checkout is not changed. */
async function generate(): Promise<readonly string[]> {
  const folder = await mkdtemp(join(tmpdir(), "sluice-codegen-"));
  try {
    for (const name of ["schema", "node_modules", "package.json"]) await symlink(join(ROOT, name), join(folder, name));
    await cp(join(ROOT, DOCUMENTS), join(folder, DOCUMENTS), { recursive: true });
    await writeFile(join(folder, "codegen.yml"), await readFile(join(ROOT, "codegen.yml")));
    const cli = join(ROOT, "node_modules/@graphql-codegen/cli/cjs/bin.js");
    await run(process.execPath, [cli, "--config", "codegen.yml"], { cwd: folder, timeout: 60_000 });
    return await Promise.all([TYPES, OPERATIONS].map((path) => readFile(join(folder, path), "utf8")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe("the generated types", () => {
  test("equal those of the SDL and of the dashboard's operations: run `npm run codegen`", async () => {
    const [types, operations] = await generate();
    expect(types).toBe(await readFile(join(ROOT, TYPES), "utf8"));
    expect(operations).toBe(await readFile(join(ROOT, OPERATIONS), "utf8"));
  });

  test("import types only, from files that Node finds", async () => {
    const imports = (await readFile(join(ROOT, TYPES), "utf8")).match(/^import .*$/gm) ?? [];
    expect(imports.length).toBeGreaterThan(0);
    expect(imports.filter((line) => !/^import type .* from '(graphql|\..*\.ts)';$/.test(line))).toEqual([]);
  });
});
