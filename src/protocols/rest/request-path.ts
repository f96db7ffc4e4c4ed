import { ServiceError } from "../../domain/error.ts";

const PLAIN_PATH = /^\/(?!\/)[!-~]*$/; // printable ASCII without a space; `//host` would be another host to a client
const DOT_SEGMENT = /(?:^|\/|\\)(?:\.|%2e){1,2}(?:\/|\\|$)/i;

/**
 * The path as it may be put behind the base URL: below it whatever the upstream makes of it. An id from outside that
 * was put into a path without encoding is stopped here.
 * @throws ServiceError INTERNAL
 */
export function requirePath(path: string): string {
  const [beforeQuery = ""] = path.split("?", 1);
  if (!PLAIN_PATH.test(path) || path.includes("#") || beforeQuery.includes("\\") || DOT_SEGMENT.test(beforeQuery)) {
    throw new ServiceError("INTERNAL", "internal error", {
      detail: 'a request path must start with one "/", be percent-encoded, and have no fragment or dot segments',
    });
  }
  return path;
}
