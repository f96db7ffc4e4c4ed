const KNOWN = /^[a-z_]{1,40}$/u;

/** `/v1/charges/ch_1/capture` as `/v1/charges/:id/capture`: few patterns however many objects there are. */
export function patternOf(path: string): string {
  const [, version = "", resource = "", id, action] = path.split("/");
  const tail = `${id === undefined ? "" : "/:id"}${action !== undefined && KNOWN.test(action) ? `/${action}` : ""}`;
  return KNOWN.test(resource) ? `/${version}/${resource}${tail}` : "/other";
}
