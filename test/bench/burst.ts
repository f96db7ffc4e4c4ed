import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type PhaseResult, runBurst } from "../helpers/webhook-burst.ts";

const NORMAL = { perSecond: 40, seconds: 15 };
const TIMES = 20;
const SECONDS = 60;
/** Maximum duration of an acknowledgement in the burst. */
const GOAL_P99_MS = 1_000;

/**
 * Two complete services on one database at a normal rate of webhooks, then for a minute at twenty times that, while a
 * user queries both. Load generators, database and services share the machine's cores. The peer is ours at the normal
 * rate.
 */
export async function run(): Promise<Record<string, unknown>> {
  const dataDir = await mkdtemp(join(tmpdir(), "sluice-bench-"));
  try {
    const burst = { perSecond: TIMES * NORMAL.perSecond, seconds: SECONDS };
    const { phases, drainMs, sent, stored } = await runBurst(dataDir, { warm: NORMAL, normal: NORMAL, burst });
    const lost = sent - Math.min(stored.deliveries, stored.applied, stored.objects);
    const [ours, peer] = [figures(phases.burst), figures(phases.normal)];
    return {
      name: "burst",
      unit: "ms",
      ours: ours.ackP99Ms,
      peer: peer.ackP99Ms,
      ratio: Number((ours.ackP99Ms / peer.ackP99Ms).toFixed(2)),
      goal: GOAL_P99_MS,
      met: ours.ackP99Ms < GOAL_P99_MS && ours.failed === 0 && lost === 0,
      sent,
      lost,
      drainMs: Math.round(drainMs),
      burst: { ...burst, ...ours },
      normal: { ...NORMAL, ...peer },
    };
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

function figures({ loads, queriesMs }: PhaseResult) {
  const at = (share: number) => Math.round(queriesMs[Math.floor(queriesMs.length * share)] ?? Infinity);
  return {
    ackP50Ms: round(Math.max(...loads.map(({ p50 }) => p50))),
    ackP99Ms: round(Math.max(...loads.map(({ p99 }) => p99))),
    ackMaxMs: round(Math.max(...loads.map(({ max }) => max))),
    putOff: loads.reduce((sum, { deferred }) => sum + deferred, 0),
    failed: loads.reduce((sum, { failed }) => sum + failed, 0),
    queries: queriesMs.length,
    queryP50Ms: at(0.5),
    queryP99Ms: at(0.99),
  };
}

function round(ms: number): number {
  return Number(ms.toFixed(1));
}
