import ipaddr from "ipaddr.js";
import { ServiceError } from "../../domain/error.ts";
import { parseAddress, type IpAddress } from "./ip-address.ts";

/** A range of addresses in CIDR notation. */
export interface Network {
  readonly first: IpAddress;
  /** Number of leading bits that all of its addresses share. */
  readonly prefix: number;
}

/** Result of `parseNetworks`: all networks, or the error of the first invalid entry. */
export type ParsedNetworks =
  | { readonly ok: true; readonly networks: readonly Network[] }
  | { readonly ok: false; readonly issue: string };

/**
 * `10.0.0.0/8` and `fc00::/7` are the largest private networks; a larger one would allow more than its author intends.
 */
const PREFIXES = { ipv4: { min: 8, max: 32 }, ipv6: { min: 7, max: 128 } } as const;

/** Parses a list of CIDR texts (`10.20.0.0/16`, `fd12::/32`). */
export function parseNetworks(texts: readonly string[]): ParsedNetworks {
  const networks: Network[] = [];
  for (const text of texts) {
    const parsed = parseCidr(text);
    if (typeof parsed === "string") return { ok: false, issue: `${JSON.stringify(text.slice(0, 60))} ${parsed}` };
    networks.push(parsed);
  }
  return { ok: true, networks };
}

/** Parses networks that were checked with the settings. @throws ServiceError INVALID_INPUT for one that is invalid */
export function requireNetworks(texts: readonly string[]): readonly Network[] {
  const parsed = parseNetworks(texts);
  if (!parsed.ok) throw new ServiceError("INVALID_INPUT", `networks: ${parsed.issue}`);
  return parsed.networks;
}

/** Returns the network, or the error in the text. */
function parseCidr(text: string): Network | string {
  const [address = "", prefixText = "", ...rest] = text.split("/");
  const first = parseAddress(address);
  if (first === undefined || address.includes("%") || !/^(?:0|[1-9]\d{0,2})$/.test(prefixText) || rest.length > 0) {
    return "must be a network like 10.20.0.0/16, or 10.20.0.1/32 for one address";
  }
  const kind = first.kind();
  if (kind === "ipv4" && address.includes(":")) return "must be written as an IPv4 network";
  const prefix = Number(prefixText);
  const { min, max } = PREFIXES[kind];
  if (prefix < min || prefix > max) return `must have a prefix length from ${min} to ${max}`;
  const network = { first, prefix };
  return startsAt(network) ? network : `must have no bits set behind the first ${prefix}`;
}

function startsAt({ first, prefix }: Network): boolean {
  const own = `${first.toString()}/${prefix}`;
  const start =
    first.kind() === "ipv4" ? ipaddr.IPv4.networkAddressFromCIDR(own) : ipaddr.IPv6.networkAddressFromCIDR(own);
  return start.toString() === first.toString();
}

/** Returns true if the address is in the network. */
export function contains({ first, prefix }: Network, address: IpAddress): boolean {
  return first.kind() === address.kind() && address.match(first, prefix);
}
