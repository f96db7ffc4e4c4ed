const KNOWN = /^[a-z_]{1,40}$/u;

/**
 * Converts `/v1/charges/ch_1/capture` into `/v1/charges/:id/capture`: few patterns regardless of the number of objects.
 */
export function patternOf(path: string): string {
  const [, version = "", resource = "", id, action] = path.split("/");
  const tail = `${id === undefined ? "" : "/:id"}${action !== undefined && KNOWN.test(action) ? `/${action}` : ""}`;
  return KNOWN.test(resource) ? `/${version}/${resource}${tail}` : "/other";
}
