import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { ServiceError } from "../domain/error.ts";
import { type FileLock, tryFileLock } from "../../sandbox/shared/file-lock.ts";

/**
 * Exclusive right to run the demo of a data folder, whose sandboxes keep their data sets in files. One process at a
 * time has it.
 */
export interface DemoOwnership {
  /** Publishes the demo's address for processes that start later; undefined while it starts or stops. */
  announce(url: string | undefined): void;
  /** A second call has no effect. */
  release(): void;
}

/** Description that the owner writes about itself, for messages only: the lock decides whether there is an owner. */
const ownerFile = z.object({ pid: z.int(), url: z.string().optional() });
type Owner = z.infer<typeof ownerFile>;

/**
 * Time for which a process waits for the address of an owner that is starting, or for the end of one that is stopping.
 */
const WAIT_MS = 30_000;
const POLL_MS = 50;

/**
 * Acquires the demo of `dataDir`.
 * @throws ServiceError CONFLICT when another process owns it, with a sentence that says which one and where; the
 * signal's reason
 */
export async function ownDemo(dataDir: string, signal: AbortSignal): Promise<DemoOwnership> {
  const folder = join(resolve(dataDir), "sandbox");
  mkdirSync(folder, { recursive: true });
  const path = join(folder, "owner.json");
  const deadlineMs = performance.now() + WAIT_MS;
  for (let before: Owner | undefined; ;) {
    const lock = tryFileLock(join(folder, "owner.lock"));
    if (lock !== undefined) return ownership(path, lock);
    const owner = readOwner(path);
    // Read twice, because an owner that has just acquired the lock finds the file as a killed owner left it.
    const isUnchanged = owner?.url !== undefined && owner.url === before?.url && owner.pid === before.pid;
    if (isUnchanged || performance.now() > deadlineMs) throw refusal(resolve(dataDir), owner);
    before = owner;
    await pause(POLL_MS, undefined, { signal });
  }
}

function ownership(path: string, lock: FileLock): DemoOwnership {
  let isOurs = true;
  const announce = (url: string | undefined): void => {
    if (!isOurs) return;
    const owner: Owner = { pid: process.pid, url };
    try {
      writeFileSync(`${path}.new`, JSON.stringify(owner));
      renameSync(`${path}.new`, path);
    } catch {
      // Only the message for another process has less detail: a full disk must stop neither a start nor a stop because
      // of it.
    }
  };
  announce(undefined);
  return {
    announce,
    release() {
      if (!isOurs) return;
      rmSync(path, { force: true });
      isOurs = false;
      lock.release();
    },
  };
}

function readOwner(path: string): Owner | undefined {
  try {
    return ownerFile.safeParse(JSON.parse(readFileSync(path, "utf8"))).data;
  } catch {
    // Missing, or written by another program: the owner of the demo has not published its description.
    return undefined;
  }
}

function refusal(dataDir: string, owner: Owner | undefined): ServiceError {
  const who = owner === undefined ? "another process" : `process ${owner.pid}`;
  const where = owner?.url === undefined ? `is starting or stopping (${who})` : `already runs at ${owner.url} (${who})`;
  const detail = `the demo in the data folder ${dataDir} ${where}: use that one, or set DATA_DIR to another folder`;
  return new ServiceError("CONFLICT", "the demo already runs", { detail });
}
