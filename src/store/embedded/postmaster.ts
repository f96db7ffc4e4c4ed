import { execFile } from "node:child_process";
import { readFile, readlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { errorCode, unlessCode } from "./failure.ts";

/** Content of `postmaster.pid`. Source: PostgreSQL 18 src/include/utils/pidfile.h. */
export interface PostmasterFile {
  readonly pid: number;
  /** Undefined until the server listens. */
  readonly socketFolder: string | undefined;
  readonly status: "starting" | "ready" | "stopping" | "unknown";
}

/** Reads the file. Undefined if no server runs, or if one is currently writing its first line. */
export async function readPostmasterFile(data: string): Promise<PostmasterFile | undefined> {
  const text = await unlessCode(readFile(join(data, "postmaster.pid"), "utf8"), "ENOENT", "ENOTDIR");
  if (text === undefined) return undefined;
  const [pid = "", , , , socketFolder = "", , , status = ""] = text.split("\n").map((line) => line.trim());
  if (!/^\d+$/.test(pid)) return undefined;
  return {
    pid: Number(pid),
    socketFolder: socketFolder === "" ? undefined : socketFolder,
    status: parseStatus(status),
  };
}

function parseStatus(text: string): PostmasterFile["status"] {
  return text === "starting" || text === "ready" || text === "stopping" ? text : "unknown";
}

/**
 * Returns true if process `pid` is a live server of exactly this folder. False for a zombie, for another process that
 * got the pid after a restart of the machine or the container, and for the server of the folder that this one is a copy
 * of.
 */
export async function isPostmasterOf(pid: number, data: string): Promise<boolean> {
  if (process.platform !== "linux") return await looksLikePostgres(pid);
  try {
    // The server's working directory is its data folder, whatever path it was started by. A zombie has none.
    return (await readlink(`/proc/${pid}/cwd`)) === data;
  } catch (reason) {
    const code = errorCode(reason);
    // Another user's process hides its working directory: trust the file, the connection attempt will decide.
    return code === "EACCES" || code === "EPERM";
  }
}

/** Fallback for systems without /proc. */
async function looksLikePostgres(pid: number): Promise<boolean> {
  const output = await new Promise<string>((resolve) => {
    execFile("ps", ["-p", String(pid), "-o", "state=,comm="], { timeout: 5000 }, (_, stdout) => resolve(stdout));
  });
  return /^[^Z]\S*\s+.*postgres/.test(output.trim());
}

/**
 * Makes the file of a dead server harmless, for cases in which PostgreSQL cannot distinguish its pid from a live one:
 * it takes any process with that pid for the old server, even a zombie. The file is not deleted, because its other
 * lines let PostgreSQL detect whether orphaned backends still use the shared memory. It ignores a pid that is its own
 * parent's, which is this process. Source: PostgreSQL 18 src/backend/utils/init/miscinit.c, CreateLockFile.
 */
export async function disarmStaleFile(data: string): Promise<void> {
  const path = join(data, "postmaster.pid");
  const text = await unlessCode(readFile(path, "utf8"), "ENOENT");
  if (text === undefined) return;
  const rest = text.includes("\n") ? text.slice(text.indexOf("\n")) : "\n";
  await writeFile(path, `${process.pid}${rest}`);
}
