import { z } from "zod";
import { expandEntry, expandPaths } from "../http/expand.ts";
import type { FormHash } from "../http/form.ts";
import { listText, objectText, type ListFaults, type ListOptions } from "../http/list.ts";
import { expand } from "../http/params.ts";
import type { Account } from "../operations/account.ts";
import type { StoredType } from "../world/wire.ts";

/** A request behind the server's gates: authenticated, parsed, within its limits. */
export interface ApiRequest {
  /** The id in the path; empty where the path has none. */
  readonly id: string;
  readonly params: FormHash;
  readonly listFaults: ListFaults;
}

/** One method of one path. `path` is a pattern: `/v1/refunds/:id/cancel`. */
export interface Route {
  readonly method: "GET" | "POST" | "DELETE";
  readonly path: string;
  /** Does it all synchronously and returns the answer's JSON text. @throws StripeError */
  readonly handle: (account: Account, request: ApiRequest) => string;
}

/** Answer of a write: the changed object, expanded as asked. */
export function changedText(account: Account, type: StoredType, id: string, request: ApiRequest): string {
  const entry = account.world.store.find(type, id);
  if (entry === undefined) throw new RangeError(`${type} ${id} was changed and is not there`);
  const paths = z.object({ expand }).safeParse({ ...request.params });
  return expandEntry(account.world.store, entry, expandPaths(paths.data?.expand, undefined));
}

/** The two reads that every resource has. `since` gives the oldest `created` shown now, Unix seconds. */
export function readRoutes(
  options: Omit<ListOptions, "since">,
  since: (account: Account) => number = () => 0,
): Route[] {
  return [
    {
      method: "GET",
      path: options.url,
      handle: (account, { params, listFaults }) =>
        listText(account.world.store, { ...options, since: since(account) }, params, listFaults),
    },
    {
      method: "GET",
      path: `${options.url}/:id`,
      handle: (account, { id, params }) => objectText(account.world.store, options.type, id, params),
    },
  ];
}
