import { z } from "zod";
import { expandEntry, expandPaths } from "../request/expand.ts";
import type { FormHash } from "../request/form.ts";
import { listText, objectText, type ListFaults, type ListOptions } from "../request/list.ts";
import { expand } from "../request/params.ts";
import type { Account } from "../operations/account.ts";
import type { StoredType } from "../world/wire.ts";

/** A request that passed the server's checks: authenticated, parsed, within its limits. */
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
  /** Handles the request synchronously and returns the response's JSON text. @throws StripeError */
  readonly handle: (account: Account, request: ApiRequest) => string;
}

/** Response to a write: the changed object, expanded as requested. */
export function changedText(account: Account, type: StoredType, id: string, request: ApiRequest): string {
  const entry = account.world.store.find(type, id);
  if (entry === undefined) throw new RangeError(`${type} ${id} was changed and does not exist`);
  const paths = z.object({ expand }).safeParse({ ...request.params });
  return expandEntry(account.world.store, entry, expandPaths(paths.data?.expand, undefined));
}

/**
 * The two read operations of every resource. `since` gives the smallest `created` that is currently listed, Unix
 * seconds.
 */
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
