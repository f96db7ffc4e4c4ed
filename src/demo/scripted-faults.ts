import { createHmac } from "node:crypto";
import { z } from "zod";
import { callSandbox, rest } from "./control-api.ts";

/** Where the faults happen. */
export interface FaultPlaces {
  /** Address of the service. */
  readonly serviceUrl: string;
  readonly stripe: { readonly id: string; readonly webhookSecret: string };
  readonly plaid: { readonly url: string };
  readonly bank: { readonly id: string; readonly url: string };
  readonly nowMs: () => number;
}

/** Time after the start of the demo, so that the first look at it shows it without faults. */
const BEGIN_MS = 5_000;
/** Time for which the statement stays wrong. */
const WRONG_STATEMENT_MS = 20_000;
/** Maximum wait until the service has applied a file; after that the script continues. */
const FILE_APPLIED_TIMEOUT_MS = 300_000;
const POLL_MS = 500;
const CLOSED_FOR_S = 30;

/**
 * Plays the faults of the demo, once: what goes wrong at real upstreams, by the protocols by which it comes. The
 * documents say which query shows each of them: docs/graph.md, "What the demo shows". Rejects when the signal aborts.
 */
export async function playScriptedFaults(places: FaultPlaces, signal: AbortSignal): Promise<void> {
  await rest(BEGIN_MS, signal);
  await sendForgedWebhook(places, signal);
  await sendUnreadableEvent(places, signal);
  await putUnreadableTransaction(places, signal);
  await misstateStatement(places, signal);
  await refusePoll(places, signal);
}

/** A call with a signature by somebody who does not know the secret: refused with 401, and counted. */
async function sendForgedWebhook(places: FaultPlaces, signal: AbortSignal): Promise<void> {
  await sendEvent(places, { secret: "whsec_somebody_else", body: eventText(places.nowMs(), "forged") }, signal);
}

/** A signed event without the object that it is about: committed, then parked. */
async function sendUnreadableEvent(places: FaultPlaces, signal: AbortSignal): Promise<void> {
  const { stripe, nowMs } = places;
  await sendEvent(places, { secret: stripe.webhookSecret, body: eventText(nowMs(), "unreadable") }, signal);
}

/** A bank transaction of the account feed whose amount is a word: quarantined with its bytes. */
async function putUnreadableTransaction({ plaid }: FaultPlaces, signal: AbortSignal): Promise<void> {
  const json = '{"transaction_id": "txn_scripted_fault", "account_id": "acc_scripted_fault", "amount": "twelve euro"}';
  await callSandbox(plaid.url, { method: "POST", path: "transactions", body: { json }, signal });
}

/** Yesterday's statement comes again, 25.00 off; a finding opens, and closes when the right statement comes. */
async function misstateStatement({ serviceUrl, bank, nowMs }: FaultPlaces, signal: AbortSignal): Promise<void> {
  const publish = (request: object): Promise<unknown> => {
    const body = { account: 0, createdAt: new Date(nowMs()).toISOString(), ...request };
    return callSandbox(bank.url, { method: "POST", path: "publish", body, signal });
  };
  await publish({ fault: { name: "closing-off", minor: 2_500 } });
  await untilFinding({ serviceUrl, sourceId: bank.id, isOpen: true }, signal);
  await rest(WRONG_STATEMENT_MS, signal);
  await publish({});
  await untilFinding({ serviceUrl, sourceId: bank.id, isOpen: false }, signal);
}

/** The bank refuses the next poll with 429 and `Retry-After`: nothing calls it until then. */
async function refusePoll({ bank }: FaultPlaces, signal: AbortSignal): Promise<void> {
  const body = { rate429: { count: 1, retryAfter: String(CLOSED_FOR_S) } };
  await callSandbox(bank.url, { method: "POST", path: "faults", body, signal });
}

const findingList = z.object({
  data: z.object({ findings: z.object({ nodes: z.array(z.object({ kind: z.string() })) }) }),
});

interface AwaitedFinding {
  readonly serviceUrl: string;
  readonly sourceId: string;
  readonly isOpen: boolean;
}

/** Waits until the graph shows that the statement of a source is wrong, or right again. */
async function untilFinding({ serviceUrl, sourceId, isOpen }: AwaitedFinding, signal: AbortSignal): Promise<void> {
  const query = `{ findings(first: 20, filter: { sourceIds: ["${sourceId}"], isOpen: true }) { nodes { kind } } }`;
  const deadlineMs = performance.now() + FILE_APPLIED_TIMEOUT_MS;
  while (performance.now() < deadlineMs) {
    const response = await fetch(`${serviceUrl}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query }),
      signal,
    });
    const found = findingList.safeParse(await response.json()).data?.data.findings.nodes;
    if (found?.some(({ kind }) => kind === "STATEMENT_NOT_CLOSED") === isOpen) return;
    await rest(POLL_MS, signal);
  }
}

function eventText(nowMs: number, word: string): string {
  const created = Math.floor(nowMs / 1_000);
  return JSON.stringify({ id: `evt_${word}_${created}`, object: "event", type: "charge.updated", created });
}

/** Calls the service's webhook address as Stripe does. Source: Stripe docs, "Verify webhook signatures manually". */
async function sendEvent(
  { serviceUrl, stripe, nowMs }: FaultPlaces,
  { secret, body }: { readonly secret: string; readonly body: string },
  signal: AbortSignal,
): Promise<void> {
  const timestamp = Math.floor(nowMs() / 1_000);
  const digest = createHmac("sha256", secret).update(`${timestamp}.${body}`).digest("hex");
  const response = await fetch(`${serviceUrl}/webhooks/${stripe.id}`, {
    method: "POST",
    headers: { "content-type": "application/json", "stripe-signature": `t=${timestamp},v1=${digest}` },
    body,
    signal,
  });
  await response.arrayBuffer();
}
