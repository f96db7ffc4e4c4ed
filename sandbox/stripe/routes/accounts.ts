import { z } from "zod";
import { missing } from "../world/errors.ts";
import { expand, integer, parseParams } from "../request/params.ts";
import { ACCOUNT_ID, ACCOUNT_TEXT } from "../objects/account.ts";
import type { Route } from "./route.ts";

const listSchema = z.strictObject({
  limit: integer.refine((value) => value >= 1 && value <= 100, "This value must be from 1 to 100.").default(10),
  starting_after: z.string().optional(),
  expand,
});

/** `/v1/accounts`, the accounts that are connected to this one, and `/v1/account` */
export const accountRoutes: readonly Route[] = [
  {
    method: "GET",
    path: "/v1/accounts",
    handle({ connected }, { params }) {
      const { limit, starting_after: after } = parseParams(listSchema, params);
      const all = connected?.list() ?? [];
      const start = after === undefined ? 0 : all.findIndex(({ id }) => id === after) + 1;
      if (after !== undefined && start === 0) throw missing("account", after, "starting_after", 400);
      const page = all.slice(start, start + limit);
      const hasMore = start + page.length < all.length;
      return `{"object":"list","data":[${page.map(({ text }) => text).join(",")}],"has_more":${hasMore},"url":"/v1/accounts"}`;
    },
  },
  { method: "GET", path: "/v1/account", handle: ({ text }) => text ?? ACCOUNT_TEXT },
  {
    method: "GET",
    path: "/v1/accounts/:id",
    handle({ connected }, { id }) {
      if (id === ACCOUNT_ID) return ACCOUNT_TEXT;
      const found = connected?.find(id);
      if (found === undefined) throw missing("account", id, "id");
      return found.text;
    },
  },
];
