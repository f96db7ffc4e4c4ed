import { X509Certificate } from "node:crypto";
import { lookup as systemLookup } from "node:dns";
import { isIP, type LookupFunction, type Socket } from "node:net";
import { createSecureContext, getCACertificates, type SecureContext } from "node:tls";
import { buildConnector } from "undici";
import { ServiceError } from "../../domain/error.ts";
import type { AddressGuard } from "./address-guard.ts";

export interface GuardedConnectOptions {
  readonly guard: AddressGuard;
  /** TCP and TLS together. */
  readonly timeoutMs: number;
  /** PEM of certificate authorities that are trusted beside the system's. */
  readonly ca?: string;
  /** How names become addresses. Default: the system's. */
  readonly lookup?: LookupFunction;
}

/**
 * Opens the sockets of one upstream. An address is judged where it is used, so that a name which resolves differently
 * the second time leads nowhere: a literal one before connecting, a resolved one as the very answer that is connected
 * to, and the address of the socket once more before it carries a byte of a request. Certificates are always verified.
 * @throws ServiceError INVALID_INPUT for a `ca` that is no PEM
 */
export function createGuardedConnect(options: GuardedConnectOptions): buildConnector.connector {
  const { guard, timeoutMs, ca, lookup = systemLookup } = options;
  const connect = buildConnector({
    timeout: timeoutMs,
    allowH2: false, // as in the pool
    autoSelectFamily: true, // makes Node ask for all addresses of a name, and so the guard see them
    lookup: guardedLookup(guard, lookup),
    rejectUnauthorized: true, // also where NODE_TLS_REJECT_UNAUTHORIZED says otherwise
    secureContext: secureContext(ca),
  });
  return (target, callback) => {
    const refusal = isIP(target.hostname) === 0 ? undefined : guard.refusal(target.hostname, target.hostname);
    if (refusal !== undefined) callback(refusal, null);
    else connect(target, guardedSocket(guard, target.hostname, callback));
  };
}

/** One address that is not allowed refuses the whole name: whoever answers so means no good with the others either. */
function guardedLookup(guard: AddressGuard, lookup: LookupFunction): LookupFunction {
  return (host, options, callback) => {
    lookup(host, options, (error, found) => {
      if (error) return callback(error, found); // as Node judges it: what is no error to it must not pass unseen
      const addresses = typeof found === "string" ? [found] : found.map(({ address }) => address);
      const refusals = addresses.map((address) => guard.refusal(address, host));
      return callback(refusals.find((refusal) => refusal !== undefined) ?? null, found);
    });
  };
}

/** Hands a socket on only if its other end is where it may be. */
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

function refusalOf(guard: AddressGuard, host: string, socket: Socket): ServiceError | undefined {
  if (socket.remoteAddress !== undefined) return guard.refusal(socket.remoteAddress, host);
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream cannot be reached", {
    detail: "the upstream closed the connection at once",
    cause: { code: "ERR_SOCKET_CLOSED_BEFORE_CONNECTION" }, // says that no request left
  });
}

function secureContext(ca: string | undefined): SecureContext {
  if (ca === undefined) return createSecureContext({ minVersion: "TLSv1.2" });
  try {
    void new X509Certificate(ca); // throws for what is none; a context would ignore it in silence
    return createSecureContext({ minVersion: "TLSv1.2", ca: [...getCACertificates("default"), ca] });
  } catch (reason) {
    throw new ServiceError("INVALID_INPUT", "the certificate authorities must be PEM", { cause: reason });
  }
}
