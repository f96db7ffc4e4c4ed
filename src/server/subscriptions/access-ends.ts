import { setTimeout as sleep } from "node:timers/promises";
import type { Principal } from "../../../resolvers/principal.ts";
import type { ApiKeys } from "../../api-keys/api-keys.ts";
import { ServiceError } from "../../domain/error.ts";
import type { ServedTenants } from "../../runtime/served-tenants.ts";

/** Longest delay of a timer: 2^31 - 1 ms, 24 days. */
const MAX_TIMER_MS = 0x7fff_ffff;

/** A connection that must not outlive the access of its caller. */
export interface WatchedConnection {
  readonly principal: Principal;
  /** Called at most once, with the reason. */
  readonly onEnded: (reason: ServiceError) => void;
  /** Aborted when the connection is closed. */
  readonly signal: AbortSignal;
}

/** When the access of callers ends: their token or API key expires, the key is revoked, or their tenant is removed. */
export interface AccessEnds {
  /** Tells a connection when the access of its caller ends: a permission granted once must not last forever. */
  watch(connection: WatchedConnection): void;
  /**
   * Checks that access has not ended: before an operation begins on an open connection, and for each batch of events, because a
   * timer of a busy process is late.
   * @throws ServiceError UNAUTHENTICATED
   */
  require(principal: Principal): void;
}

/**
 * @param apiKeys undefined: no caller has an API key
 * @param tenants undefined: no tenant is ever removed
 */
export function createAccessEnds(
  apiKeys?: Pick<ApiKeys, "watch" | "isRevoked">,
  tenants?: Pick<ServedTenants, "has" | "watch">,
): AccessEnds {
  function endOf({ tenantId, expiresAtMs, apiKeyId }: Principal): ServiceError | undefined {
    if (tenants?.has(tenantId) === false) return tenantRemoved();
    if (apiKeyId !== undefined && apiKeys?.isRevoked(apiKeyId) === true) return revoked();
    return expiresAtMs !== undefined && expiresAtMs <= Date.now() ? expired(apiKeyId) : undefined;
  }

  return {
    watch({ principal, onEnded, signal }) {
      const { tenantId, apiKeyId, expiresAtMs } = principal;
      const unwatches: (() => void)[] = [];
      const unwatch = (): void => {
        for (const each of unwatches.splice(0)) each();
      };
      let isOver = false;
      const end = (reason: ServiceError): void => {
        if (isOver || signal.aborted) return;
        isOver = true;
        unwatch();
        onEnded(reason);
      };
      if (expiresAtMs !== undefined) void endAt(expiresAtMs, () => end(expired(apiKeyId)), signal);
      if (signal.aborted) return;
      if (tenants !== undefined) unwatches.push(tenants.watch(tenantId, () => end(tenantRemoved())));
      if (apiKeyId !== undefined && apiKeys !== undefined)
        unwatches.push(apiKeys.watch({ tenantId, id: apiKeyId }, () => end(revoked())));
      if (unwatches.length > 0) signal.addEventListener("abort", unwatch, { once: true });
    },
    require(principal) {
      const reason = endOf(principal);
      if (reason !== undefined) throw reason;
    },
  };
}

/** Returns true for the reason that a subscription of a caller whose access has ended ends with. */
export function isAccessEnd(reason: unknown): reason is ServiceError {
  return reason instanceof ServiceError && reason.code === "UNAUTHENTICATED";
}

/** Resolves when it has called `onTime`, or the signal is aborted. */
async function endAt(timeMs: number, onTime: () => void, signal: AbortSignal): Promise<void> {
  try {
    while (Date.now() < timeMs) await sleep(Math.min(timeMs - Date.now(), MAX_TIMER_MS), undefined, { signal });
    onTime();
  } catch {
    // the connection was closed before that
  }
}

function expired(apiKeyId: string | undefined): ServiceError {
  return new ServiceError("UNAUTHENTICATED", apiKeyId === undefined ? "the token expired" : "the API key expired");
}

function tenantRemoved(): ServiceError {
  return new ServiceError("UNAUTHENTICATED", "the tenant is no longer configured here");
}

function revoked(): ServiceError {
  return new ServiceError("UNAUTHENTICATED", "the API key was revoked");
}
