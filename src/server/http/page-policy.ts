import { ServiceError } from "../../domain/error.ts";

/** A host and port, without any character that could end the policy into which it is written. */
const HOST = /^[A-Za-z0-9.-]+(:\d+)?$|^\[[0-9A-Fa-f:.]+\](:\d+)?$/;

/**
 * Returns the content security policy of a page: scripts from our own files alone, and connections to our own host alone.
 * @param host the request's Host header
 * @param more further directives, with their values
 * @throws ServiceError INVALID_INPUT for a host that is none
 */
export function pagePolicy(host: string, more: Readonly<Record<string, string>>): string {
  if (!HOST.test(host)) throw new ServiceError("INVALID_INPUT", "the Host header is not a host");
  const directives = {
    "default-src": "'none'",
    "script-src": "'self'",
    "connect-src": `'self' ws://${host} wss://${host}`,
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    ...more,
  };
  return Object.entries(directives)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
