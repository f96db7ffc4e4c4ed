import { COMPANY } from "../shared/company.ts";
import { createFaults } from "../shared/faults.ts";
import { mixedToken } from "../shared/random.ts";
import type { RunningSandbox, SandboxOptions } from "../shared/sandbox.ts";
import { createControl } from "./control/control.ts";
import { createChangeStreams } from "./grpc/changes.ts";
import { openFront } from "./grpc/front.ts";
import { createLimiter } from "./grpc/limits.ts";
import { createServer } from "./grpc/server.ts";
import { type Kept, keepJournal, readKept } from "./persistence.ts";
import { createActivity } from "./world/activity.ts";
import { seedWorld } from "./world/seed.ts";
import { catchUpSettlements } from "./world/settlements.ts";
import { dayOf } from "./world/times.ts";
import { createWorld, type World } from "./world/world.ts";

/** A company that also takes payments by another processor takes a part of them by this one. */
const SHARE_OF_COMPANY = 4;

/** Starts a sandbox: restores or seeds its world, then listens on loopback. */
export async function startCardProcessor(options: SandboxOptions): Promise<RunningSandbox> {
  const { seed, statePath, nowMs = Date.now, company = COMPANY } = options;
  const world = openWorld(options, statePath === undefined ? undefined : readKept(statePath));
  const journal = keepJournal(statePath, world);
  catchUpSettlements(world, company, nowMs());
  const faults = createFaults(seed);
  const limiter = createLimiter(nowMs);
  const streams = createChangeStreams({ world, faults });
  const activity = createActivity(world, company, nowMs);
  const closing = new AbortController();
  const calls = new Map<string, number>();
  const count = (key: string): void => void calls.set(key, (calls.get(key) ?? 0) + 1);
  const apiKey = `cardkey_${mixedToken(seed, 2)}`;
  const parts = { world, company, faults, limiter, streams, nowMs };
  const front = await openFront({
    port: options.port,
    onCall: createServer({
      ...parts,
      apiKey,
      merchantId: `mer_${mixedToken(seed, 3)}`,
      onCall: (path, status) => count(`${path.split("/").at(-1) ?? ""} ${status ?? "no status"}`),
      signal: closing.signal,
    }),
    onControl: createControl({
      ...parts,
      activity,
      disturb: (fault) => front.disturb(fault),
      calls: () => Object.fromEntries(calls),
    }),
  });
  activity.setPace(options.activityMs ?? 0);
  return {
    url: front.url,
    sourceConfig: { baseUrl: front.url, apiKey },
    async close() {
      activity.stop();
      closing.abort();
      await front.close();
      journal.close();
    },
  };
}

/** The world of an earlier run, or a new one. The state of a merchant of another kind is not continued. */
function openWorld({ seed, payments, company, nowMs = Date.now }: SandboxOptions, found: Kept | undefined): World {
  const kept = found?.state.company === company?.name ? found : undefined;
  const now = nowMs();
  const fresh = { serial: 0, createdMs: now, oldest: 1n, settledThrough: dayOf(now), company: company?.name };
  const world = createWorld({ seed, state: kept?.state ?? fresh });
  for (const change of kept?.changes ?? []) world.restore(change);
  const size = company === undefined ? payments : Math.ceil(payments / SHARE_OF_COMPANY);
  if (kept === undefined) seedWorld(world, company ?? COMPANY, size, now);
  return world;
}
