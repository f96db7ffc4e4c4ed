import { parseAddress } from "./ip-address.ts";
import type { Network } from "./network.ts";

/**
 * Networks that cannot contain a public upstream. Source: the IANA registries of special-purpose addresses for IPv4 and
 * IPv6, the multicast and reserved ranges, and for IPv6 everything that is not allocated as global unicast.
 */
export const SPECIAL_NETWORKS: readonly Network[] = [
  network("0.0.0.0", 8), // this host: Linux treats it as loopback
  network("10.0.0.0", 8), // private
  network("100.64.0.0", 10), // shared, behind a carrier's NAT
  network("127.0.0.0", 8), // loopback
  network("169.254.0.0", 16), // link local
  network("172.16.0.0", 12), // private
  network("192.0.0.0", 24), // protocol assignments
  network("192.0.2.0", 24), // documentation
  network("192.88.99.0", 24), // 6to4 relays, withdrawn
  network("192.168.0.0", 16), // private
  network("198.18.0.0", 15), // benchmarks
  network("198.51.100.0", 24), // documentation
  network("203.0.113.0", 24), // documentation
  network("224.0.0.0", 4), // multicast
  network("240.0.0.0", 4), // reserved, and broadcast
  network("::", 3), // unspecified, loopback, NAT64, discard-only
  network("4000::", 2), // not allocated
  network("8000::", 1), // unique local, link local, site local, multicast
  network("2001::", 23), // protocol assignments, Teredo
  network("2001:db8::", 32), // documentation
  network("2002::", 16), // 6to4
  network("3fff::", 20), // documentation
];

/** Allowed if the operator has configured a loopback address. */
export const LOOPBACK_NETWORKS: readonly Network[] = [network("127.0.0.0", 8), network("::1", 128)];

/** Addresses where a cloud provides a machine's own credentials: never an upstream, in any network. */
export const METADATA_NETWORKS: readonly Network[] = [
  network("169.254.169.254", 32), // AWS, Azure, Google, and most others
  network("169.254.170.2", 32), // AWS: tasks
  network("169.254.170.23", 32), // AWS: pods
  network("100.100.100.200", 32), // Alibaba
  network("168.63.129.16", 32), // Azure: a public address
  network("192.0.0.192", 32), // Oracle
  network("fd00:ec2::254", 128), // AWS
  network("fd00:ec2::23", 128), // AWS: pods
  network("fd20:ce::254", 128), // Google
  network("fe80::a9fe:a9fe", 128), // OpenStack
  network("169.254.42.42", 32), // Scaleway
  network("fd00:42::42", 128), // Scaleway
  network("169.254.0.23", 32), // Tencent
];

function network(text: string, prefix: number): Network {
  const first = parseAddress(text)!; // the tables are tested
  return { first, prefix };
}
