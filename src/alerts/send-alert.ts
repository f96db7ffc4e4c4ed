import { ServiceError } from "../domain/error.ts";
import { createHttp, type Http } from "../protocols/rest/http.ts";
import { retryAfterMs } from "../protocols/rest/retry-after.ts";
import type { RoundResult } from "../runtime/due-work.ts";
import type { Keyring } from "../sources/secrets/keyring.ts";
import type { Database } from "../store/database.ts";
import type { AlertTimes } from "./alert.ts";
import { type ClaimedAlert, claimAlert } from "./claim-alert.ts";
import { addressOf, problemOfEndpointUrl } from "./endpoint-address.ts";
import { bodyOf } from "./message-body.ts";
import { type AttemptResult, recordAttempt } from "./record-attempt.ts";
import { unsealEndpoint } from "./sealed-endpoint.ts";
import { signatureHeaders } from "./signature.ts";

export interface SendOptions {
  readonly db: Database;
  readonly keyring: Keyring;
  /** Networks beyond the public ones that endpoints may be in. */
  readonly networks: readonly string[];
  /** Address of the dashboard for the links in messages; undefined: there are none. */
  readonly dashboardUrl: string | undefined;
  /** Name of this process, of no other and of no earlier one. */
  readonly owner: string;
  readonly times: AlertTimes;
  readonly random: () => number;
  /** Called with the result of each attempt. */
  readonly onAttempt: (isAccepted: boolean) => void;
}

/** The answer has no content that matters. */
const MAX_ANSWER_BYTES = 64 * 1024;
/** Time that a call gets to finish when the process stops, so that its result is recorded and it is not repeated. */
const GRACE_MS = 5_000;
const RETRIED_STATUSES: ReadonlySet<number> = new Set([429, 503]);

/** Sends the next message of an endpoint. */
export async function sendAlert(
  options: SendOptions,
  tenantId: string,
  endpointId: string,
  signal: AbortSignal,
): Promise<RoundResult> {
  const { db, owner, times, random } = options;
  const claimed = await db.transaction(tenantId, (tx) => claimAlert(tx, endpointId, owner, times.leaseMs));
  if (claimed === undefined) return "nothing";
  const grace = startGrace(signal);
  let result: AttemptResult;
  try {
    result = await attempt(options, tenantId, claimed, grace.signal);
  } finally {
    grace.end();
  }
  const isRecorded = await db.transaction(tenantId, (tx) => recordAttempt(tx, claimed, result, times, random));
  if (isRecorded) options.onAttempt(result.error === undefined);
  return "more";
}

/** A signal that is aborted some time after another one. */
function startGrace(signal: AbortSignal): { readonly signal: AbortSignal; end(): void } {
  const cut = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const onStop = (): void => void (timer = setTimeout(() => cut.abort(), GRACE_MS));
  if (signal.aborted) onStop();
  else signal.addEventListener("abort", onStop, { once: true });
  return {
    signal: cut.signal,
    end() {
      signal.removeEventListener("abort", onStop);
      clearTimeout(timer);
    },
  };
}

/** Makes one call. Rejects only if the process ends: then the lease expires, and another one repeats the call. */
async function attempt(
  options: SendOptions,
  tenantId: string,
  claimed: ClaimedAlert,
  signal: AbortSignal,
): Promise<AttemptResult> {
  const started = performance.now();
  const since = (): number => Math.round(performance.now() - started);
  try {
    const { status, headers } = await call(options, tenantId, claimed, signal);
    const isAccepted = status >= 200 && status < 300;
    return {
      responseStatus: status,
      error: isAccepted ? undefined : sentenceOf(status),
      retryAfterMs: RETRIED_STATUSES.has(status) ? retryAfterMs(headers, Date.now()) : undefined,
      durationMs: since(),
    };
  } catch (reason) {
    const { code, publicMessage } = ServiceError.from(reason);
    if (code === "CANCELED") throw reason;
    const error = publicMessage.replaceAll("the upstream", "the endpoint"); // by the client that all calls share
    return { responseStatus: undefined, error, retryAfterMs: undefined, durationMs: since() };
  }
}

function sentenceOf(status: number): string {
  if (status >= 300 && status < 400) return `the endpoint answered with a redirect (${status}), which is not followed`;
  return `the endpoint answered ${status}`;
}

async function call(options: SendOptions, tenantId: string, claimed: ClaimedAlert, signal: AbortSignal) {
  const { id, lease, endpoint, type, severity, data, changes, createdAt } = claimed;
  const { url, secrets } = unsealEndpoint(options.keyring, tenantId, lease.endpointId, endpoint);
  const problem = problemOfEndpointUrl(url, options.networks); // the setting may have changed since it was stored
  if (problem !== undefined) throw new ServiceError("UPSTREAM_REJECTED", `the address ${problem}`);
  const { origin, path } = addressOf(url);
  const body = bodyOf(endpoint.form, { type, severity, at: createdAt, data, changes }, options.dashboardUrl);
  const signed = endpoint.form === "STANDARD_WEBHOOKS" ? signatureHeaders(id, body, secrets, Date.now()) : {};
  const headers = { "content-type": "application/json", "user-agent": "Sluice", ...signed };
  const http: Http = createHttp({ baseUrl: origin, connections: 1, networks: options.networks });
  try {
    return await http.send(
      { method: "POST", path, headers, body },
      { signal, timeoutMs: options.times.callMs, maxBytes: MAX_ANSWER_BYTES },
    );
  } finally {
    await http.close();
  }
}
