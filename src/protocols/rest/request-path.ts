import { ServiceError } from "../../domain/error.ts";

const PLAIN_PATH = /^\/(?!\/)[!-~]*$/; // printable ASCII without a space; a client would read `//host` as another host
const DOT_SEGMENT = /(?:^|\/|\\)(?:\.|%2e){1,2}(?:\/|\\|$)/i;

/**
 * Returns a path that may be appended to the base URL: it stays below it regardless of the upstream's interpretation.
 * An external id that was inserted into a path without encoding is rejected here.
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
