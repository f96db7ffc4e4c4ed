import type { MutationResolvers } from "../__generated__/types.ts";
import type { Context } from "../context.ts";
import { requireShortLists } from "../input-error.ts";
import { requireFound } from "../require-found.ts";
import { requireScope } from "../require-scope.ts";

export const replayQuarantined: NonNullable<MutationResolvers["replayQuarantined"]> = async (
  _root,
  { ids },
  context,
) => {
  const { principal, loaders, useCases } = context;
  requireScope(principal, "sync");
  requireShortLists("replayQuarantined", { ids });
  await loadAll(context, ids);
  await useCases.replayQuarantined(principal.tenantId, [...new Set(ids)]);
  for (const id of ids) loaders.quarantinedRecordById.clear(id);
  return { records: await loadAll(context, ids) };
};

/** @throws ServiceError NOT_FOUND when one of them is not there */
async function loadAll({ loaders }: Context, ids: readonly string[]) {
  const records = await Promise.all(ids.map((id) => loaders.quarantinedRecordById.load(id)));
  return records.map((record) => requireFound(record, "quarantined record"));
}
