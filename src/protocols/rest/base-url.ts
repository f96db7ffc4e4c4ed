import { ServiceError } from "../../domain/error.ts";

/** A base URL, taken apart. */
export interface BaseUrl {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path before every request's path, without a slash at its end. */
  readonly prefix: string;
  /** True when the text itself names this machine: whoever wrote it meant it. */
  readonly namesLoopback: boolean;
}

const BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";

/** Of the text as written: a URL parser would turn `2130706433`, `0177.0.0.1` and `127.1` into the same address. */
const CANONICAL_LOOPBACK = new RegExp(`^https?://(?:localhost|\\[::1\\]|127(?:\\.${BYTE}){3})(?::\\d{1,5})?(?:/|$)`);

/**
 * Reads a base URL.
 * @throws ServiceError INVALID_INPUT for one that is not plain http(s)
 */
export function parseBaseUrl(baseUrl: string): BaseUrl {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  const plain =
    url !== undefined && /^https?:$/.test(url.protocol) && url.username + url.password + url.search + url.hash === "";
  if (!plain) {
    throw new ServiceError(
      "INVALID_INPUT",
      "a base URL must be http(s)://host[:port][/prefix], without user, query or fragment",
    );
  }
  return {
    origin: url.origin,
    prefix: url.pathname.replace(/\/+$/, ""),
    namesLoopback: CANONICAL_LOOPBACK.test(baseUrl),
  };
}
