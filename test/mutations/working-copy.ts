import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { mutate, type Mutation } from "./mutation.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** A copy of the project in which code may be changed. Removed by `await using`. */
export interface WorkingCopy extends AsyncDisposable {
  readonly root: string;
  /** Runs `work` while a mutation is applied, and restores the file. */
  withMutation<T>(mutation: Mutation, work: () => Promise<T>): Promise<T>;
}

/** Copies the project as it is, changes that are not committed included; installed packages are linked. */
export async function useWorkingCopy(): Promise<WorkingCopy> {
  const root = await mkdtemp(join(tmpdir(), "sluice-mutations-"));
  const { stdout } = await promisify(execFile)(
    "git",
    ["ls-files", "-z", "--cached", "--others", "--exclude-standard"],
    { cwd: ROOT, maxBuffer: 64 * 1024 * 1024 },
  );
  for (const file of stdout.split("\0").filter((name) => name !== "")) {
    if (await exists(join(ROOT, file))) await cp(join(ROOT, file), join(root, file), { recursive: true });
  }
  await symlink(join(ROOT, "node_modules"), join(root, "node_modules"));
  return {
    root,
    async withMutation(mutation, work) {
      const path = join(root, mutation.file);
      const content = await readFile(path, "utf8");
      await writeFile(path, mutate(mutation, content));
      try {
        return await work();
      } finally {
        await writeFile(path, content);
      }
    },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true, force: true }),
  };
}

/** Returns false for a file that is deleted but still listed by git. */
async function exists(path: string): Promise<boolean> {
  return await stat(path).then(
    () => true,
    () => false,
  );
}
