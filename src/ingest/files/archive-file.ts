import { constants } from "node:fs";
import { copyFile, link, lstat, mkdir, rename, unlink } from "node:fs/promises";
import { extname, join } from "node:path";
import type { DropFolder } from "../../connector-api/files.ts";
import { FileChanged, type FoundFile, requireUnchanged, signatureOf } from "./scan-folder.ts";
import { codeOf } from "./spool.ts";

/**
 * Moves a stored file out of its folder. Never overwrites another one: if the name is taken, the first digits of its
 * hash are added to the new one. The file is first renamed to a name that no other process uses, so that only one of
 * several replicas moves it, and a replacement that a sender has written meanwhile is noticed.
 * @throws FileChanged, and the present file is not changed; a system error, ENOENT when another process was faster
 */
export async function archiveFile(
  drop: DropFolder,
  found: FoundFile,
  { isRefused, contentHash }: { readonly isRefused: boolean; readonly contentHash: string },
): Promise<void> {
  const folder = isRefused ? join(drop.archiveFolder, "refused") : drop.archiveFolder;
  await mkdir(folder, { recursive: true });
  await requireUnchanged(found, await lstat(found.path, { bigint: true }));
  const hash = contentHash.replaceAll(/[^0-9a-f]/g, "").slice(0, 12);
  const moving = join(folder, `.${hash}-${process.pid}.moving`);
  try {
    await rename(found.path, moving);
  } catch (reason) {
    if (codeOf(reason) !== "EXDEV") throw reason;
    return copyAway(folder, found, hash);
  }
  if (signatureOf(await lstat(moving, { bigint: true })) !== found.signature) {
    await putBack(moving, found.path, join(drop.folder, `${process.pid}-${found.name}`));
    throw new FileChanged(`${found.name} was replaced`);
  }
  await underFreeName(
    folder,
    found.name,
    hash,
    (path) => link(moving, path),
    (path) => rename(moving, path),
  );
  await unlink(moving).catch(ignoreMissing); // renamed, where the file system has no links
}

/** Moves to another file system: the copy is complete before the original is removed. */
async function copyAway(folder: string, found: FoundFile, hash: string): Promise<void> {
  const copy = (path: string): Promise<void> => copyFile(found.path, path, constants.COPYFILE_EXCL);
  await underFreeName(folder, found.name, hash, copy, copy);
  await requireUnchanged(found, await lstat(found.path, { bigint: true }));
  await unlink(found.path);
}

/** Uses its own name, or the one with its hash; if that is taken too, the same content is already there. */
async function underFreeName(
  folder: string,
  name: string,
  hash: string,
  put: (path: string) => Promise<void>,
  putWithoutLinks: (path: string) => Promise<void>,
): Promise<void> {
  const extension = extname(name);
  const marked = `${name.slice(0, name.length - extension.length)}.${hash}${extension}`;
  for (const path of [join(folder, name), join(folder, marked)]) {
    try {
      return await put(path);
    } catch (reason) {
      const code = codeOf(reason);
      if (code === "EEXIST") continue;
      if (code !== "EPERM" && code !== "ENOTSUP" && code !== "EOPNOTSUPP") throw reason;
      if (!(await isThere(path))) return putWithoutLinks(path);
    }
  }
}

/**
 * Moves a file back that was moved away by mistake; if its name is taken again, to a name beside it, where it is found
 * as a new file.
 */
async function putBack(moving: string, path: Buffer, beside: string): Promise<void> {
  await rename(moving, (await isThere(path)) ? beside : path);
}

async function isThere(path: string | Buffer): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (reason) {
    if (codeOf(reason) === "ENOENT") return false;
    throw reason;
  }
}

function ignoreMissing(reason: unknown): void {
  if (codeOf(reason) !== "ENOENT") throw reason;
}
