import { ServiceError } from "../../domain/error.ts";
import { gatewayTarget, parseAddress, type IpAddress } from "./ip-address.ts";
import { contains, type Network } from "./network.ts";
import { LOOPBACK_NETWORKS, METADATA_NETWORKS, SPECIAL_NETWORKS } from "./special-networks.ts";

export interface AddressGuardOptions {
  /** Networks that the upstream may be in although they are not public. */
  readonly networks: readonly Network[];
  /** True if loopback is allowed too. */
  readonly loopback: boolean;
}

/** Decides which addresses one upstream may have, so that no name, however it resolves, leads into our own network. */
export interface AddressGuard {
  /**
   * Returns the failure for a forbidden address; undefined for an allowed one. `host` is its name in the request. Its
   * code is never retried and does not count as an outage.
   */
  refusal(address: string, host: string): ServiceError | undefined;
}

/** Allows public addresses and those in the given networks; never a cloud's metadata service. */
export function createAddressGuard({ networks, loopback }: AddressGuardOptions): AddressGuard {
  const allowed = loopback ? [...networks, ...LOOPBACK_NETWORKS] : networks;
  const isAllowed = (address: IpAddress): boolean => !isIn(SPECIAL_NETWORKS, address) || isIn(allowed, address);
  return {
    refusal: (text, host) => {
      const address = parseAddress(text);
      if (address === undefined) return refused(text, host, "is not an IP address");
      const target = gatewayTarget(address);
      const reached = target === undefined ? [address] : [address, target];
      if (reached.some((one) => isIn(METADATA_NETWORKS, one))) {
        return refused(text, host, "is a cloud's metadata service, which is never allowed");
      }
      return reached.every(isAllowed)
        ? undefined
        : refused(text, host, 'is not public; if it is meant, list its network in "networks"');
    },
  };
}

function isIn(networks: readonly Network[], address: IpAddress): boolean {
  return networks.some((network) => contains(network, address));
}

function refused(address: string, host: string, why: string): ServiceError {
  const named = address === host ? "" : ` (of ${host})`;
  return new ServiceError("UPSTREAM_REJECTED", "the upstream's address is not allowed", {
    detail: `the upstream's address ${address}${named} is not allowed: it ${why}`,
  });
}
