import { setTimeout as sleep } from "node:timers/promises";
import { errorCode } from "./failure.ts";
import type { Home } from "./home.ts";
import { isPostmasterOf } from "./postmaster.ts";

const POLL_MS = 10;
/**
 * Mostly the time of the last checkpoint. Both limits together are below the 20 s or more that supervisors give a
 * process to end.
 */
const FAST_SHUTDOWN_MS = 12_000;
/** PostgreSQL itself kills a child that does not react after 5 s. */
const IMMEDIATE_SHUTDOWN_MS = 7000;

/** Stops a server and resolves when its process has ended. False if it belongs to another user or did not stop. */
export async function stopPostmaster(home: Home, pid: number): Promise<boolean> {
  // SIGINT is the fast shutdown: clients are disconnected, data is flushed. SIGQUIT leaves recovery to the next start.
  return (
    (await signalAndWait(home, pid, "SIGINT", FAST_SHUTDOWN_MS)) ||
    (await signalAndWait(home, pid, "SIGQUIT", IMMEDIATE_SHUTDOWN_MS))
  );
}

async function signalAndWait(home: Home, pid: number, signal: NodeJS.Signals, timeoutMs: number): Promise<boolean> {
  const until = performance.now() + timeoutMs;
  try {
    if (await isPostmasterOf(pid, home.data)) process.kill(pid, signal);
  } catch (reason) {
    if (errorCode(reason) === "EPERM") return false; // another user's server
    if (errorCode(reason) !== "ESRCH") throw reason;
  }
  while (await isPostmasterOf(pid, home.data)) {
    if (performance.now() > until) return false;
    await sleep(POLL_MS);
  }
  return true;
}
