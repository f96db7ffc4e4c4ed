import { lookup as systemLookup } from "node:dns";
import { isIP, Socket, type LookupFunction, type TcpSocketConnectOpts } from "node:net";
import { ServiceError } from "../../domain/error.ts";
import { createAddressGuard, type AddressGuard } from "./address-guard.ts";
import { namesLoopback } from "./base-url.ts";
import { guardedLookup, refusalOf } from "./guarded-connect.ts";
import { requireNetworks } from "./network.ts";

export interface SocketFactoryOptions {
  /** URL of the upstream, of any scheme: only a host that names this machine in this text may resolve to it. */
  readonly baseUrl: string;
  /** CIDRs that the upstream may be in although they are not public. */
  readonly networks: readonly string[];
  /** Name resolution. Default: the system's. */
  readonly lookup?: LookupFunction;
}

/**
 * Returns a function that creates the sockets of one upstream for libraries that speak other protocols than HTTP/1.1.
 * Their `connect` checks the address where it is used, as `createGuardedConnect` does. The caller closes them.
 * @throws ServiceError INVALID_INPUT for an invalid URL or network
 */
export function createSocketFactory(options: SocketFactoryOptions): () => Socket {
  const { baseUrl, networks, lookup = systemLookup } = options;
  if (!URL.canParse(baseUrl)) throw new ServiceError("INVALID_INPUT", "a base URL must be a URL");
  const guard = createAddressGuard({
    networks: requireNetworks(networks),
    loopback: namesLoopback(new URL(baseUrl).hostname),
  });
  return () => new GuardedSocket(guard, guardedLookup(guard, lookup));
}

/** A socket that emits an error, and sends nothing, when its address is not allowed. */
class GuardedSocket extends Socket {
  readonly #guard: AddressGuard;
  readonly #lookup: LookupFunction;

  constructor(guard: AddressGuard, lookup: LookupFunction) {
    super();
    this.#guard = guard;
    this.#lookup = lookup;
  }

  /** Connects to `{port, host}`, or to a port and a host, as in `net.Socket`. */
  override connect(...args: readonly unknown[]): this {
    const target = targetOf(args);
    const listener = args.findLast((argument) => typeof argument === "function");
    if (target === undefined) {
      const refusal = new ServiceError("UPSTREAM_REJECTED", "the upstream's address must be a host and a port");
      return super.connect({ port: 0, host: REFUSED_HOST, lookup: failing(refusal) });
    }
    const { host = "localhost" } = target;
    const refusal = isIP(host) === 0 ? undefined : this.#guard.refusal(host, host);
    if (refusal !== undefined) return super.connect({ ...target, host: REFUSED_HOST, lookup: failing(refusal) });
    this.prependOnceListener("connect", () => {
      const refused = refusalOf(this.#guard, host, this);
      if (refused !== undefined) this.destroy(refused);
    });
    // autoSelectFamily makes Node resolve all addresses of a name, so that the guard sees them
    const guarded = { ...target, host, lookup: this.#lookup, autoSelectFamily: true };
    return super.connect(guarded, listener === undefined ? undefined : () => void Reflect.apply(listener, this, []));
  }
}

/** Name in place of an address that is not connected to: it resolves to nothing. */
const REFUSED_HOST = "refused.invalid";

/** A lookup that fails: libraries expect that a socket fails after `connect` has returned. */
function failing(refusal: ServiceError): LookupFunction {
  return (_host, _options, callback) => void setImmediate(() => callback(refusal, []));
}

/** Returns undefined for anything but a host and a port: the path of a Unix socket has no address to be checked. */
function targetOf([first, second]: readonly unknown[]): TcpSocketConnectOpts | undefined {
  if (typeof first === "number" || (typeof first === "string" && /^\d+$/.test(first))) {
    return { port: Number(first), ...(typeof second === "string" && { host: second }) };
  }
  const isTarget = typeof first === "object" && first !== null && "port" in first && !("path" in first);
  return isTarget ? (first as TcpSocketConnectOpts) : undefined; // Node itself validates the port
}
