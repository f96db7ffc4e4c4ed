import { z } from "zod";
import type { SourceResolvers } from "./__generated__/types.ts";
import { inputError } from "./input-error.ts";

/** A representation is whatever JSON the caller sent. */
const KEY = z.object({ id: z.string() });

export const Source: SourceResolvers = {
  __resolveReference: async (representation, { loaders }) => {
    const key = KEY.safeParse(representation).data;
    if (key === undefined) throw inputError("representations", "of Source must have id");
    return (await loaders.sourceById.load(key.id)) ?? null;
  },
  budgets: ({ id }, _args, { loaders }) => loaders.budgetsBySource.load(id),
  webhooks: ({ id }, _args, { webhooks, principal }) => webhooks.find(principal.tenantId, id) ?? null,
  streams: ({ id }, _args, { loaders }) => loaders.streamStatesBySource.load(id),
};
