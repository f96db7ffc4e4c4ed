import { createAddressGuard } from "./address-guard.ts";
import { parseNetworks } from "./network.ts";

/**
 * Returns true if networks that the operator has listed contain this machine's address.
 * @param hostname a name or address for which `namesLoopback` is true
 */
export function isLoopbackAllowed(hostname: string, networks: readonly string[]): boolean {
  const address = hostname === "localhost" ? "127.0.0.1" : hostname.replace(/^\[|\]$/g, "");
  const parsed = parseNetworks(networks);
  const guard = createAddressGuard({ networks: parsed.ok ? parsed.networks : [], loopback: false });
  return guard.refusal(address, hostname) === undefined;
}
