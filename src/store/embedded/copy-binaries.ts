import { chmod, cp, lstat, mkdtemp, readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { restoreLibraryLinks } from "./library-links.ts";
import { storeUnavailable, unlessCode } from "./failure.ts";
import type { ServerUser } from "./server-user.ts";
import { isReachable } from "./server-user.ts";

const manifest = z.object({ version: z.string().regex(/^[\w.-]+$/) });

/** /var/cache first: old files in a temporary folder may be deleted while the server is running. */
const CACHE_FOLDERS: readonly string[] = ["/var/cache", tmpdir(), "/var/tmp"];

/**
 * Copies the package's programs to where `user` can run them, once per version. Needed when we are root and the package
 * is below an inaccessible folder such as /root: PostgreSQL finds its files by the real path of its program, so no link
 * helps.
 * @returns the folder with `bin`, `lib` and `share`.
 */
export async function copyBinaries(
  native: string,
  user: ServerUser | undefined,
  cacheFolders: readonly string[] = CACHE_FOLDERS,
): Promise<string> {
  const { version } = manifest.parse(JSON.parse(await readFile(join(native, "..", "package.json"), "utf8")));
  const name = `sluice-postgres-${version}-${process.getuid?.() ?? 0}`;
  const refusals: string[] = [];
  for (const base of cacheFolders) {
    const copy = join(base, name);
    try {
      if (!(await isReachable(base, user))) continue;
      if (await isOurs(copy)) {
        if (await isComplete(native, copy)) return copy;
        await rm(copy, { recursive: true, force: true });
      }
      await makeCopy(native, copy);
      return copy;
    } catch (reason) {
      refusals.push(`${base}: ${String(reason)}`);
    }
  }
  throw storeUnavailable(
    `the embedded PostgreSQL in ${native} cannot be run from there, nor copied elsewhere (${refusals.join("; ")}): install the project in a folder that every user can enter, or set DATABASE_URL`,
  );
}

/** Returns false if there is none. @throws when another user created it: we would run that user's program. */
async function isOurs(copy: string): Promise<boolean> {
  const found = await unlessCode(lstat(copy), "ENOENT");
  if (found === undefined) return false;
  if (!found.isDirectory() || found.uid !== process.getuid?.() || (found.mode & 0o022) !== 0) {
    throw storeUnavailable(`${copy} belongs to another user`);
  }
  return true;
}

/** Returns true if the copy has all files in their full size: cleaners of temporary folders delete single old files. */
async function isComplete(native: string, copy: string): Promise<boolean> {
  for (const entry of await readdir(native, { withFileTypes: true, recursive: true })) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const [expected, found] = [
      await stat(path),
      await unlessCode(stat(join(copy, path.slice(native.length))), "ENOENT"),
    ];
    if (found?.size !== expected.size) return false;
  }
  return true;
}

async function makeCopy(native: string, copy: string): Promise<void> {
  const building = await mkdtemp(`${copy}-`);
  try {
    await cp(native, building, { recursive: true, verbatimSymlinks: true });
    await restoreLibraryLinks(building);
    await openToAll(building);
    // If another process was faster and left a copy with content, that one is used.
    await unlessCode(rename(building, copy), "ENOTEMPTY", "EEXIST");
  } finally {
    await rm(building, { recursive: true, force: true });
  }
}

/**
 * Lets every user read, and run what the owner can run: an install under a strict umask gives no permissions to others.
 */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isSymbolicLink()) continue;
    const path = join(entry.parentPath, entry.name);
    const isRunnable = entry.isDirectory() || ((await stat(path)).mode & 0o100) !== 0;
    await chmod(path, isRunnable ? 0o755 : 0o644);
  }
}
