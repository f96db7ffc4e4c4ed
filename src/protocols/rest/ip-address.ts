import { isIP } from "node:net";

/** An IP address as a number. An IPv4 address in IPv6 clothes (`::ffff:10.0.0.1`) is the IPv4 address that it reaches. */
export interface IpAddress {
  readonly bits: 32 | 128;
  readonly value: bigint;
}

/**
 * The address that a text in the usual notation names, a zone (`fe80::1%eth0`) left aside; undefined for any other text,
 * the shortened, octal and hexadecimal spellings of IPv4 included.
 */
export function parseAddress(text: string): IpAddress | undefined {
  const version = isIP(text);
  if (version === 4) return { bits: 32, value: dottedValue(text) };
  if (version !== 6) return undefined;
  const [address = ""] = text.split("%", 1);
  const value = groupsOf(address).reduce((sum, group) => (sum << 16n) | group, 0n);
  return value >> 32n === 0xffffn ? { bits: 32, value: value & 0xffff_ffffn } : { bits: 128, value };
}

/**
 * The IPv4 address that a gateway will be asked to reach on behalf of an IPv6 address: NAT64 (RFC 6052, `64:ff9b::/96`;
 * RFC 8215, any `/96` of `64:ff9b:1::/48`) and 6to4 (RFC 3056, `2002::/16`); undefined for all others.
 */
export function gatewayTarget({ bits, value }: IpAddress): IpAddress | undefined {
  if (bits === 32) return undefined;
  const isNat64 = value >> 32n === 0x64_ff9bn << 64n || value >> 80n === 0x64_ff9b_0001n;
  if (isNat64) return { bits: 32, value: value & 0xffff_ffffn };
  if (value >> 112n === 0x2002n) return { bits: 32, value: (value >> 80n) & 0xffff_ffffn };
  return undefined;
}

function dottedValue(text: string): bigint {
  return text.split(".").reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}

/** The eight groups of an IPv6 address that is known to be valid. */
function groupsOf(address: string): readonly bigint[] {
  const [head = "", tail] = address.split("::");
  const [before, after] = [parseGroups(head), parseGroups(tail ?? "")];
  const zeros = Array.from({ length: 8 - before.length - after.length }, () => 0n);
  return [...before, ...zeros, ...after];
}

function parseGroups(text: string): readonly bigint[] {
  if (text === "") return [];
  return text.split(":").flatMap((group) => {
    if (!group.includes(".")) return [BigInt(`0x${group}`)];
    const value = dottedValue(group); // the last 32 bits may be written as IPv4
    return [value >> 16n, value & 0xffffn];
  });
}
