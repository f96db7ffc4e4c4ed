import { parseAddress, type IpAddress } from "./ip-address.ts";

/** A range of addresses in CIDR notation. */
export interface Network {
  readonly first: IpAddress;
  /** Leading bits that all of its addresses share. */
  readonly prefix: number;
}

/** What `parseNetworks` makes of a list: all of it, or what is wrong with the first entry that is. */
export type ParsedNetworks =
  | { readonly ok: true; readonly networks: readonly Network[] }
  | { readonly ok: false; readonly issue: string };

/** `10.0.0.0/8` and `fc00::/7` are the largest private networks; a larger one would open more than its writer means. */
const SHORTEST_PREFIX = { 32: 8, 128: 7 } as const;

/** The networks that a list of CIDR texts (`10.20.0.0/16`, `fd12::/32`) names. */
export function parseNetworks(texts: readonly string[]): ParsedNetworks {
  const networks: Network[] = [];
  for (const text of texts) {
    const parsed = parseCidr(text);
    if (typeof parsed === "string") return { ok: false, issue: `${JSON.stringify(text.slice(0, 60))} ${parsed}` };
    networks.push(parsed);
  }
  return { ok: true, networks };
}

/** The network, or what is wrong with the text. */
function parseCidr(text: string): Network | string {
  const [address = "", prefixText = "", ...rest] = text.split("/");
  const first = parseAddress(address);
  if (first === undefined || address.includes("%") || !/^(?:0|[1-9]\d{0,2})$/.test(prefixText) || rest.length > 0) {
    return "must be a network like 10.20.0.0/16, or 10.20.0.1/32 for one address";
  }
  if (first.bits === 32 && address.includes(":")) return "must be written as an IPv4 network";
  const prefix = Number(prefixText);
  const [min, max] = [SHORTEST_PREFIX[first.bits], first.bits];
  if (prefix < min || prefix > max) return `must have a prefix length from ${min} to ${max}`;
  if (first.value & ((1n << BigInt(first.bits - prefix)) - 1n))
    return `must have no bits set behind the first ${prefix}`;
  return { first, prefix };
}

/** True when the address lies in the network. */
export function contains({ first, prefix }: Network, { bits, value }: IpAddress): boolean {
  const ignored = BigInt(first.bits - prefix);
  return first.bits === bits && first.value >> ignored === value >> ignored;
}
