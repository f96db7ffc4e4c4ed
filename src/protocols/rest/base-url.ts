import { ServiceError } from "../../domain/error.ts";
import { problemOfUrl } from "./upstream-url.ts";

/** A parsed base URL. */
export interface BaseUrl {
  /** Scheme, host and port. */
  readonly origin: string;
  /** Path before every request's path, without a trailing slash. */
  readonly prefix: string;
  /** True if the text itself names this machine: the author intended it. */
  readonly namesLoopback: boolean;
}

const LOOPBACK = /^(?:localhost|\[::1\]|127(?:\.\d{1,3}){3})$/;

/** Returns true if the host of a URL is this machine by its own text, so that its author intended it. */
export function namesLoopback(hostname: string): boolean {
  return LOOPBACK.test(hostname);
}

/**
 * Parses a base URL.
 * @throws ServiceError INVALID_INPUT for one that `problemOfUrl` refuses, or that has a query
 */
export function parseBaseUrl(baseUrl: string): BaseUrl {
  const problem = problemOfUrl(baseUrl) ?? (baseUrl.includes("?") ? "must have no query" : undefined);
  if (problem !== undefined) throw new ServiceError("INVALID_INPUT", `a base URL ${problem}`);
  const { origin, pathname, hostname } = new URL(baseUrl);
  return { origin, prefix: pathname.replace(/\/+$/, ""), namesLoopback: namesLoopback(hostname) };
}
