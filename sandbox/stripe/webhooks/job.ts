import type { Faults } from "../../shared/faults.ts";
import type { Random } from "../../shared/random.ts";
import type { MutableCounts } from "../../shared/webhook-counts.ts";
import type { Entry, ObjectStore } from "../world/object-store.ts";
import { eventBody } from "./body.ts";
import type { Endpoint } from "./endpoints.ts";
import { signatureHeader } from "./signature.ts";

/** One body to be delivered to one endpoint. */
export interface Job {
  readonly endpoint: Endpoint;
  readonly event: Entry;
  readonly kind: "genuine" | "forged" | "stale";
  /** Number of earlier attempts. */
  readonly attempt: number;
  readonly dueMs: number;
}

/** Plans the jobs of an event for an endpoint: one, unless faults apply. Faults are counted. */
export function planJobs(
  delivery: { readonly endpoint: Endpoint; readonly event: Entry; readonly nowMs: number },
  by: { readonly faults: Faults; readonly random: Random; readonly counts: MutableCounts },
): Job[] {
  const { faults, random, counts } = by;
  const { endpoint, event, nowMs } = delivery;
  const job: Job = { endpoint, event, kind: "genuine", attempt: 0, dueMs: nowMs };
  // Webhooks have no path of the sandbox: a fault that is bound to one does not apply to them.
  const strikes = (
    name: "duplicate" | "forge" | "lose" | "reorder" | "stale",
    counter: "duplicated" | "forged" | "lost" | "reordered" | "stale",
  ): boolean => {
    const struck = faults.strike(name, "") !== undefined;
    counts[counter] += Number(struck);
    return struck;
  };
  const jobs: Job[] = [];
  if (strikes("forge", "forged")) jobs.push({ ...job, kind: "forged" });
  if (strikes("stale", "stale")) jobs.push({ ...job, kind: "stale" });
  if (strikes("lose", "lost")) return jobs;
  // Long enough to be overtaken by events made meanwhile.
  const genuine = strikes("reorder", "reordered") ? { ...job, dueMs: nowMs + random.integer(300, 1500) } : job;
  return strikes("duplicate", "duplicated") ? [...jobs, genuine, genuine] : [...jobs, genuine];
}

/** Body and signature of an attempt. A forgery looks correct in everything except its secret. */
export function signedBody(job: Job, store: ObjectStore, nowMs: number): [body: string, signature: string] {
  const text = eventBody(job.endpoint, job.event, store);
  const nowS = Math.floor(nowMs / 1000);
  if (job.kind === "stale") return [text, signatureHeader(text, job.endpoint.secrets, nowS - 400)];
  if (job.kind === "genuine") return [text, signatureHeader(text, job.endpoint.secrets, nowS)];
  const other = text.replace(job.event.id, `evt_1Forged${job.event.id.slice(11)}`);
  const forged = other.replace(/"amount":\d+/u, '"amount":1');
  return [forged, signatureHeader(forged, ["whsec_of_somebody_else"], nowS)];
}
