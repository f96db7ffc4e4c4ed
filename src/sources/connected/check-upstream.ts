import { connectorOf, type SourceConfig } from "../../config.ts";
import { withOverride } from "../../connector-api/budget.ts";
import { ServiceError } from "../../domain/error.ts";
import { wholeShare } from "../../upstream/budget/share.ts";
import type { SharedBudgets } from "../../upstream/budget/shared-budgets.ts";
import { createPlatformBudgets, platformBudgetOf } from "../../upstream/platform-budgets.ts";
import { channelOf } from "../../upstream/upstream-settings.ts";
import { createUpstream } from "../../upstream/upstream.ts";

/** Less than an operation may take, so that the caller gets the reason and not a timeout. */
const CHECK_TIMEOUT_MS = 15_000;
/** The only call of this upstream has ended. */
const GRACE_MS = 100;

/**
 * Calls the upstream of a source with its credentials, once and within its shared budget.
 * @throws ServiceError UPSTREAM_* with the upstream's reason
 */
export async function checkUpstream(
  source: SourceConfig,
  shared: Pick<SharedBudgets, "store">,
  signal: AbortSignal,
): Promise<void> {
  const connector = connectorOf(source.connector);
  const target = connector?.target(source.config);
  if (connector === undefined || target === undefined) return; // the source makes no calls
  // No subscription: the credential may be in use here already, and its upstream is the one that must be informed.
  const budgets = { store: shared.store, join: wholeShare, subscribe: () => () => undefined };
  const upstream = createUpstream({
    target,
    budget: withOverride(connector.budget(source.config), source.budget),
    ...platformBudgetOf(connector, source.config, { shared: budgets, platformBudgets: createPlatformBudgets() }),
    shared: budgets,
    networks: source.networks,
    ...channelOf(connector, source.config),
    graceMs: GRACE_MS,
  });
  const deadline = AbortSignal.any([signal, AbortSignal.timeout(CHECK_TIMEOUT_MS)]);
  try {
    const client = upstream.client("interactive", source.tenantId);
    await connector.check({ config: source.config, client, signal: deadline });
  } catch (reason) {
    throw refusal(ServiceError.from(reason), source.id);
  } finally {
    await upstream.close();
  }
}

/** The upstream's reason, without anything that the upstream sent: public messages contain none of it. */
function refusal(error: ServiceError, sourceId: string): ServiceError {
  const code = error.code === "CANCELED" ? "UPSTREAM_UNAVAILABLE" : error.code;
  const reason = error.code === "CANCELED" ? "the upstream did not answer in time" : error.publicMessage;
  return new ServiceError(code, `nothing was stored, because the upstream was tried first: ${reason}`, {
    sourceId,
    cause: error,
    ...(error.retryAfterMs !== undefined && { retryAfterMs: error.retryAfterMs }),
  });
}
