import { namesLoopback } from "../protocols/rest/base-url.ts";
import { isLoopbackAllowed } from "../protocols/rest/loopback-allowed.ts";
import { requirePath } from "../protocols/rest/request-path.ts";
import { problemOfUrl } from "../protocols/rest/upstream-url.ts";

/** Address of an endpoint. */
export interface EndpointAddress {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path and query. */
  readonly path: string;
}

const MAX_CHARACTERS = 2_000;

/**
 * Returns what is wrong with the address of an endpoint, to complete "the address …", without any part of it, because it
 * may be a secret; undefined if nothing is. Whether its name leads to a network that is not allowed is checked at each
 * connection.
 * @param networks networks beyond the public ones that it may be in
 */
export function problemOfEndpointUrl(url: string, networks: readonly string[]): string | undefined {
  if (url.length > MAX_CHARACTERS) return `must have at most ${MAX_CHARACTERS} characters`;
  const problem = problemOfUrl(url);
  if (problem !== undefined) return problem;
  const { hostname } = new URL(url);
  if (namesLoopback(hostname) && !isLoopbackAllowed(hostname, networks))
    return "must not be of the service's machine, unless the operator lists it in ALERT_NETWORKS";
  try {
    requirePath(addressOf(url).path);
    return undefined;
  } catch {
    return "must have a plain path, percent-encoded and without dot segments";
  }
}

/** Returns the parts of a URL without such a problem. */
export function addressOf(url: string): EndpointAddress {
  const { origin, pathname, search } = new URL(url);
  return { origin, path: pathname + search };
}
