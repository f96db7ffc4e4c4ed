import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction, type Socket } from "node:net";
import { buildConnector } from "undici";
import { ServiceError } from "../../domain/error.ts";
import type { AddressGuard } from "./address-guard.ts";
import { secureContext } from "./secure-context.ts";

export interface GuardedConnectOptions {
  readonly guard: AddressGuard;
  /** Timeout of TCP and TLS together. */
  readonly timeoutMs: number;
  /** PEM of certificate authorities that are trusted in addition to the system's. */
  readonly ca?: string;
  /** Name resolution. Default: the system's. */
  readonly lookup?: LookupFunction;
}

/**
 * Opens the sockets of one upstream. An address is checked where it is used, so that a name which resolves differently
 * the second time gains nothing: a literal address before connecting, a resolved one in the very response that is
 * connected to, and the address of the socket once more before it carries a byte of a request. Certificates are always
 * verified.
 * @throws ServiceError INVALID_INPUT for a `ca` that is not a PEM
 */
export function createGuardedConnect(options: GuardedConnectOptions): buildConnector.connector {
  const { guard, timeoutMs, ca, lookup = systemLookup } = options;
  const connect = buildConnector({
    timeout: timeoutMs,
    allowH2: false, // as in the pool
    autoSelectFamily: true, // makes Node resolve all addresses of a name, so that the guard sees them
    lookup: guardedLookup(guard, lookup),
    rejectUnauthorized: true, // even if NODE_TLS_REJECT_UNAUTHORIZED disables it
    secureContext: secureContext(ca === undefined ? {} : { ca }),
  });
  return (target, callback) => {
    const refusal = isIP(target.hostname) === 0 ? undefined : guard.refusal(target.hostname, target.hostname);
    if (refusal !== undefined) callback(refusal, null);
    else connect(target, guardedSocket(guard, target.hostname, callback));
  };
}

/**
 * Resolves names with the guard. One forbidden address rejects the whole name: a name server that returns it is not
 * trustworthy for the other addresses either.
 */
export function guardedLookup(guard: AddressGuard, lookup: LookupFunction): LookupFunction {
  return (host, options, callback) => {
    lookup(host, options, (error, found) => {
      // truthiness as in Node: a value that is not an error to Node must not bypass the check
      if (error) return callback(error, found);
      const addresses = typeof found === "string" ? [found] : found.map(({ address }) => address);
      const refusals = addresses.map((address) => guard.refusal(address, host));
      return callback(refusals.find((refusal) => refusal !== undefined) ?? null, found);
    });
  };
}

/** Passes a socket on only if its remote address is allowed. */
export function guardedSocket(
  guard: AddressGuard,
  host: string,
  callback: buildConnector.Callback,
): buildConnector.Callback {
  return (...result) => {
    const [error, socket] = result;
    if (error !== null) return callback(error, null);
    const refusal = refusalOf(guard, host, socket);
    if (refusal === undefined) return callback(null, socket);
    socket.destroy();
    return callback(refusal, null);
  };
}

/** Returns the failure for a connected socket whose remote address is forbidden; undefined for an allowed one. */
export function refusalOf(guard: AddressGuard, host: string, socket: Socket): ServiceError | undefined {
  if (socket.remoteAddress !== undefined) return guard.refusal(socket.remoteAddress, host);
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream cannot be reached", {
    detail: "the upstream closed the connection at once",
    cause: { code: "ERR_SOCKET_CLOSED_BEFORE_CONNECTION" }, // indicates that no request was sent
  });
}
