import { isIP } from "node:net";
import ipaddr, { type IPv4, type IPv6 } from "ipaddr.js";

/** A parsed address. An IPv4-mapped IPv6 address (`::ffff:10.0.0.1`) is the IPv4 address that it reaches. */
export type IpAddress = IPv4 | IPv6;

/** NAT64: RFC 6052; RFC 8215, any `/96` of the `/48`. */
const NAT64_NETWORKS = [ipaddr.IPv6.parseCIDR("64:ff9b::/96"), ipaddr.IPv6.parseCIDR("64:ff9b:1::/48")];
/** RFC 3056. */
const SIX_TO_FOUR = ipaddr.IPv6.parseCIDR("2002::/16");

/**
 * Parses an address in the usual notation, ignoring a zone (`fe80::1%eth0`); undefined for any other text. Node decides
 * if a text is an address: ipaddr.js also accepts the shortened, octal and hexadecimal spellings of IPv4, and reads
 * `::8.8.8.8`, which is an IPv6 address, as the IPv4 address. So it receives IPv6 in groups of hexadecimal digits only.
 */
export function parseAddress(text: string): IpAddress | undefined {
  const version = isIP(text);
  if (version === 4) return ipaddr.IPv4.parse(text);
  if (version !== 6) return undefined;
  const [address = ""] = text.split("%", 1);
  return ipaddr.process(new URL(`http://[${address}]`).hostname.slice(1, -1));
}

/**
 * Returns the IPv4 address that a gateway will contact on behalf of an IPv6 address: NAT64 and 6to4; undefined for all
 * others.
 */
export function gatewayTarget(address: IpAddress): IpAddress | undefined {
  if (address.kind() === "ipv4") return undefined;
  const bytes = address.toByteArray();
  if (NAT64_NETWORKS.some((network) => address.match(network))) return ipaddr.fromByteArray(bytes.slice(12));
  return address.match(SIX_TO_FOUR) ? ipaddr.fromByteArray(bytes.slice(2, 6)) : undefined;
}
