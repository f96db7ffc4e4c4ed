import { execFile } from "node:child_process";
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "@jest/globals";
import { connectors } from "../src/connectors/registry.generated.ts";
import { WAIT_LIMIT_MS } from "../test/helpers/eventually.ts";
import { createConnector } from "./create-connector.ts";

const run = promisify(execFile);
const ROOT = join(import.meta.dirname, "..");

interface Outcome {
  readonly code: number;
  readonly output: string;
}

/** The output of a command. Resolves also when it fails. */
async function outcomeOf(command: string, args: readonly string[], cwd: string): Promise<Outcome> {
  try {
    const { stdout, stderr } = await run(command, args, { cwd, timeout: WAIT_LIMIT_MS });
    return { code: 0, output: stdout + stderr };
  } catch (reason) {
    const { code, stdout, stderr } = reason as { code: number; stdout: string; stderr: string }; // execFile's error
    return { code, output: stdout + stderr };
  }
}

/** A copy of the sources with the real modules, deleted at the end of the scope. */
async function useProject(): Promise<AsyncDisposable & { readonly root: string }> {
  const root = await mkdtemp(join(tmpdir(), "sluice-new-connector-"));
  for (const part of ["src/domain", "src/runtime", "src/connector-api", "src/protocols", "src/connectors", "sandbox"]) {
    await cp(join(ROOT, part), join(root, part), { recursive: true, filter: (path) => !path.endsWith(".test.ts") });
  }
  await cp(join(ROOT, "tsconfig.json"), join(root, "tsconfig.json"));
  await cp(join(ROOT, "package.json"), join(root, "package.json"));
  await cp(join(ROOT, ".oxlintrc.json"), join(root, ".oxlintrc.json"));
  await cp(join(ROOT, ".oxfmtrc.json"), join(root, ".oxfmtrc.json"));
  await symlink(join(ROOT, "node_modules"), join(root, "node_modules"));
  return { root, [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }) };
}

/** Lets compiler and linter read a folder, and what it imports, instead of the whole project. */
async function compileOnly(root: string, folder: string): Promise<void> {
  const path = join(root, "tsconfig.json");
  const settings = JSON.parse(await readFile(path, "utf8")) as object; // the project's has no comments
  await writeFile(path, JSON.stringify({ ...settings, include: [folder] }));
}

const newConnector = (root: string, ...args: readonly string[]) =>
  outcomeOf(process.execPath, [join(ROOT, "tools/new-connector.ts"), "--root", root, ...args], root);

test("a new connector loads, and passes formatter, linter and type check as it is", async () => {
  await using project = await useProject();
  const { root } = project;
  const made = await newConnector(root, "north-bank");
  expect(made).toMatchObject({ code: 0, output: expect.stringContaining("src/connectors/north-bank") });

  const registry = await readFile(join(root, "src/connectors/registry.generated.ts"), "utf8");
  expect(registry).toContain(`import { connector as northBank } from "./north-bank/index.ts";`);
  expect(registry).toContain(`"north-bank": northBank`);
  const script = `import { connectors } from "./src/connectors/registry.generated.ts";
    console.log(Object.entries(connectors).map(([key, { name }]) => key + "=" + name).join());`;
  const loaded = await outcomeOf(process.execPath, ["--input-type=module", "--eval", script], root);
  const names = [...Object.keys(connectors), "north-bank"].toSorted();
  expect(loaded).toEqual({ code: 0, output: `${names.map((name) => `${name}=${name}`).join()}\n` });

  const bin = (name: string): string => join(ROOT, "node_modules/.bin", name);
  const folder = "src/connectors/north-bank";
  await compileOnly(root, folder);
  const imports = `${folder}/index.ts`;
  const checked = await outcomeOf(bin("tsc"), ["--noEmit", "-p", "tsconfig.json"], root);
  expect(checked.output.split("\n").filter((line) => line.startsWith(folder))).toEqual([]);
  expect(checked.output).not.toContain("error TS5"); // the project file itself was read
  expect(await outcomeOf(bin("oxlint"), ["--type-aware", imports, folder], root)).toMatchObject({ code: 0 });
  expect(await outcomeOf(bin("oxfmt"), ["--check", folder], root)).toMatchObject({ code: 0 });
});

test.each(["", "North", "1bank", "north_bank", "north-", "-bank", "../stripe", "north bank", "a".repeat(41)])(
  "%j is not a valid name, and nothing is created",
  async (name) => {
    const root = await mkdtemp(join(tmpdir(), "sluice-new-connector-"));
    await expect(createConnector({ name, root })).rejects.toThrow("a connector's name must match");
    expect(await readdir(root)).toEqual([]);
    await rm(root, { recursive: true });
  },
);

test("a name that is in use is refused with a message and an exit status, and nothing is changed", async () => {
  await using project = await useProject();
  const index = join(project.root, "src/connectors/stripe/index.ts");
  const before = await readFile(index, "utf8");
  const { code, output } = await newConnector(project.root, "stripe");
  expect([code, output]).toEqual([1, expect.stringMatching(/src\/connectors\/stripe already exists\n$/)]);
  expect(await readFile(index, "utf8")).toBe(before);
});
