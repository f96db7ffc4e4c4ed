import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { createAddressGuard } from "./address-guard.ts";
import { parseAddress } from "./ip-address.ts";
import { parseNetworks, type Network } from "./network.ts";

function networks(...texts: readonly string[]): readonly Network[] {
  const parsed = parseNetworks(texts);
  if (!parsed.ok) throw new Error(parsed.issue);
  return parsed.networks;
}

const strict = createAddressGuard({ networks: [], loopback: false });
const allows = (guard: typeof strict, address: string): boolean => guard.refusal(address, "bank.example") === undefined;

/** First, last and, where it is useful, an address between, of every range in which no public upstream can be. */
const SPECIAL: readonly (readonly [string, readonly string[]])[] = [
  ["0.0.0.0/8", ["0.0.0.0", "0.255.255.255"]],
  ["10.0.0.0/8", ["10.0.0.0", "10.1.2.3", "10.255.255.255"]],
  ["100.64.0.0/10", ["100.64.0.0", "100.127.255.255"]],
  ["127.0.0.0/8", ["127.0.0.0", "127.0.0.1", "127.255.255.255"]],
  ["169.254.0.0/16", ["169.254.0.0", "169.254.169.254", "169.254.255.255"]],
  ["172.16.0.0/12", ["172.16.0.0", "172.31.255.255"]],
  ["192.0.0.0/24", ["192.0.0.0", "192.0.0.255"]],
  ["192.0.2.0/24", ["192.0.2.0", "192.0.2.255"]],
  ["192.88.99.0/24", ["192.88.99.0", "192.88.99.255"]],
  ["192.168.0.0/16", ["192.168.0.0", "192.168.255.255"]],
  ["198.18.0.0/15", ["198.18.0.0", "198.19.255.255"]],
  ["198.51.100.0/24", ["198.51.100.0", "198.51.100.255"]],
  ["203.0.113.0/24", ["203.0.113.0", "203.0.113.255"]],
  ["224.0.0.0/4", ["224.0.0.0", "239.255.255.255"]],
  ["240.0.0.0/4", ["240.0.0.0", "255.255.255.255"]],
  ["::", ["::", "0:0:0:0:0:0:0:0"]],
  ["::1", ["::1", "0000:0000:0000:0000:0000:0000:0000:0001"]],
  ["IPv4 in IPv6", ["::ffff:10.0.0.1", "::ffff:a00:1", "::FFFF:127.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1"]],
  ["IPv4 behind zeros", ["::8.8.8.8", "::808:808", "0:0:0:0:0:0:8.8.8.8", "::8.8.8.8%eth0"]],
  ["64:ff9b::/96", ["64:ff9b::", "64:ff9b::8.8.8.8", "64:ff9b::10.0.0.1"]],
  ["64:ff9b:1::/48", ["64:ff9b:1::", "64:ff9b:1:ffff:ffff:ffff:ffff:ffff"]],
  ["100::/64", ["100::", "100::ffff:ffff:ffff:ffff"]],
  ["2001::/23", ["2001::", "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff"]],
  ["2001:db8::/32", ["2001:db8::", "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff"]],
  ["2002::/16", ["2002::", "2002:a00:1::1", "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff"]],
  ["3fff::/20", ["3fff::", "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff"]],
  ["fc00::/7", ["fc00::", "fd00:ec2::254", "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"]],
  ["fe80::/10", ["fe80::", "fe80::1%eth0", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"]],
  ["fec0::/10", ["fec0::", "feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"]],
  ["ff00::/8", ["ff00::", "ff02::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"]],
];

describe("an address that is not public is refused (F106)", () => {
  test.each(SPECIAL)("%s", (_range, addresses) => {
    expect(addresses.filter((address) => allows(strict, address))).toEqual([]);
  });

  test("a refused address has an error code that is not retried, and the log tells the operator how to allow it (F106)", () => {
    const refusal = strict.refusal("10.0.0.1", "bank.example");
    expect(refusal).toMatchObject({
      code: "UPSTREAM_REJECTED",
      retryable: false,
      publicMessage: "the upstream's address is not allowed",
    });
    expect(refusal?.message).toContain(
      'address 10.0.0.1 (of bank.example) is not allowed: it is not public; if it is meant, list its network in "networks"',
    );
  });

  test.each([
    "",
    "bank.example",
    "2130706433",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "127.1",
    "8.8.8.8 ",
    "[2606:4700::1]",
    // Spellings that ipaddr.js alone accepts, and some that nothing accepts.
    "0x7f000001",
    "017700000001",
    "127.0.0.01",
    "::ffff:0177.0.0.1",
    "::ffff:127.1",
    "0X7F.1",
    "1:2:3:4:5:6:7:8:9",
    "::1::",
    "::fffff",
    "fe80::1%",
    "%eth0",
    "127.0.0.1%eth0",
    "10.0.0.1/8",
    "10.0.0.1\n",
  ])("%j is not an address (F106)", (text) => {
    expect(parseAddress(text)).toBeUndefined();
    expect(allows(strict, text)).toBe(false);
  });
});

/** Neighbours of the ranges above, and some addresses that are in use. */
const PUBLIC = `
  1.1.1.1 9.255.255.255 11.0.0.0 100.63.255.255 100.128.0.0 126.255.255.255 128.0.0.0 169.253.255.255
  169.255.0.0 172.15.255.255 172.32.0.0 192.0.1.0 192.167.255.255 192.169.0.0 198.17.255.255
  198.20.0.0 223.255.255.255 ::ffff:8.8.8.8 2000:: 2001:200:: 2001:4860::8888 2003:: 2606:4700::1111
  3ffe:ffff:: 3fff:1000::
`;

test.each(PUBLIC.trim().split(/\s+/))("%s is public (F106)", (address) => {
  expect(allows(strict, address)).toBe(true);
});

describe("a listed network (F106)", () => {
  const guard = createAddressGuard({ networks: networks("10.20.0.0/16", "fd12:3456::/32"), loopback: false });

  test("is allowed in every spelling, and no address outside it", () => {
    const inside = ["10.20.0.0", "10.20.255.255", "::ffff:10.20.0.1", "fd12:3456::1"];
    expect(inside.filter((address) => !allows(guard, address))).toEqual([]);
    const outside = ["10.19.255.255", "10.21.0.0", "fd12:3457::", "127.0.0.1", "::1"];
    expect(outside.filter((address) => allows(guard, address))).toEqual([]);
  });

  test("never allows the metadata services of clouds", () => {
    const private4 = ["169.254.0.0/16", "100.64.0.0/10", "192.0.0.0/24"];
    const private6 = ["fc00::/7", "fe80::/10", "64:ff9b::/96", "64:ff9b:1::/48", "2002::/16"];
    const wide = createAddressGuard({
      networks: networks(...private4, ...private6),
      loopback: true,
    });
    expect(allows(wide, "169.254.1.1")).toBe(true);
    expect(allows(wide, "fd00:ec2::1")).toBe(true);
    const metadata = `
      169.254.169.254 ::ffff:169.254.169.254 ::ffff:a9fe:a9fe 64:ff9b::169.254.169.254 2002:a9fe:a9fe::1
      fd00:ec2::254 fd00:0ec2:0:0:0:0:0:254 100.100.100.200 192.0.0.192 168.63.129.16 fd20:ce::254
      169.254.170.2 169.254.170.23 fd00:ec2::23 fe80::a9fe:a9fe fe80::a9fe:a9fe%eth0 169.254.42.42 fd00:42::42
      169.254.0.23 64:ff9b:1::169.254.169.254 64:ff9b:1:a:b:c:a9fe:a9fe
    `;
    expect(
      metadata
        .trim()
        .split(/\s+/)
        .filter((address) => allows(wide, address)),
    ).toEqual([]);
    expect(wide.refusal("169.254.169.254", "169.254.169.254")?.message).toContain("which is never allowed");
  });

  test("that is a gateway to IPv4 does not allow the addresses behind the gateway", () => {
    const gateway = createAddressGuard({ networks: networks("64:ff9b::/96", "64:ff9b:1:2::/96"), loopback: false });
    expect([allows(gateway, "64:ff9b::8.8.8.8"), allows(gateway, "64:ff9b::10.0.0.1")]).toEqual([true, false]);
    expect([allows(gateway, "64:ff9b:1:2::8.8.8.8"), allows(gateway, "64:ff9b:1:2::10.0.0.1")]).toEqual([true, false]);
  });
});

test("loopback is allowed where it was written in the base URL, and only loopback (F106)", () => {
  const guard = createAddressGuard({ networks: [], loopback: true });
  expect(["127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"].filter((address) => !allows(guard, address))).toEqual(
    [],
  );
  expect(["0.0.0.0", "10.0.0.1", "::", "64:ff9b::7f00:1", "fe80::1"].filter((one) => allows(guard, one))).toEqual([]);
});

describe("parseNetworks", () => {
  test.each([
    ["10.20.0.0", "must be a network like"],
    ["10.20.0.0/", "must be a network like"],
    ["10.20.0.0/016", "must be a network like"],
    ["10.20.0.0/16/2", "must be a network like"],
    ["10.20/16", "must be a network like"],
    ["bank.example/16", "must be a network like"],
    ["fe80::1%eth0/64", "must be a network like"],
    ["", "must be a network like"],
    ["0.0.0.0/0", "must have a prefix length from 8 to 32"],
    ["10.0.0.0/33", "must have a prefix length from 8 to 32"],
    ["::/0", "must have a prefix length from 7 to 128"],
    ["fd00::/129", "must have a prefix length from 7 to 128"],
    ["10.20.0.1/16", "must have no bits set behind the first 16"],
    ["::ffff:10.0.0.0/104", "must be written as an IPv4 network"],
  ])("refuses %j: %s", (text, issue) => {
    expect(parseNetworks(["10.0.0.0/8", text])).toEqual({ ok: false, issue: expect.stringContaining(issue) });
  });

  test("reads a valid list, and an empty one", () => {
    expect(parseNetworks([])).toEqual({ ok: true, networks: [] });
    expect(parseNetworks(["10.0.0.0/8", "10.1.2.3/32", "fd00::/8", "fd00::1/128"])).toMatchObject({ ok: true });
  });
});

test("an address means the same in every spelling (F106)", () => {
  fc.assert(
    fc.property(fc.ipV6(), (text) => {
      const canonical = new URL(`http://[${text}]`).hostname.slice(1, -1);
      expect(parseAddress(text)).toEqual(parseAddress(canonical));
      expect(allows(strict, text)).toBe(allows(strict, canonical));
    }),
  );
  fc.assert(
    fc.property(fc.ipV4(), (text) => {
      expect(parseAddress(`::ffff:${text}`)).toEqual(parseAddress(text));
      expect(allows(strict, `::ffff:${text}`)).toBe(allows(strict, text));
    }),
  );
});
