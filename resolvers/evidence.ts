import type { EvidencePackRow } from "../src/graph/loaders/models.ts";
import type { CreateEvidencePackInput, MutationResolvers, QueryResolvers } from "./__generated__/types.ts";
import { connectionOf } from "./connection.ts";
import type { Context } from "./context.ts";
import { inputError, requireShortValues } from "./input-error.ts";
import { loadOptional } from "./load-optional.ts";
import { requireFound } from "./require-found.ts";
import { validKey } from "./valid-key.ts";

const DAY_MS = 86_400_000;

export const evidencePacks: NonNullable<QueryResolvers["evidencePacks"]> = (_root, page, context) =>
  connectionOf<EvidencePackRow>(context, {
    scope: { list: "evidencePacks", filter: {} },
    page,
    load: (request) => context.loaders.evidencePackPage.load(request),
    positionOf: ({ orderKey, id }) => ({ at: orderKey, id }),
  });

export const evidencePack: NonNullable<QueryResolvers["evidencePack"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.evidencePackById, id);

export const createEvidencePack: NonNullable<MutationResolvers["createEvidencePack"]> = async (
  _root,
  { input },
  context,
) => {
  requireShortValues("input", input);
  const { principal, loaders, useCases } = context;
  const scope = typeof input.findingId === "string" ? await ofFinding(context, input) : await ofPeriod(context, input);
  const id = await useCases.createEvidencePack(principal.tenantId, {
    ...scope,
    idempotencyKey: validKey(input.idempotencyKey) ?? null,
    createdBy: principal.subject,
  });
  return { pack: requireFound(await loaders.evidencePackById.load(id), "evidence pack") };
};

export const cancelEvidencePack: NonNullable<MutationResolvers["cancelEvidencePack"]> = async (
  _root,
  { id },
  { principal, loaders, useCases },
) => {
  requireFound(await loaders.evidencePackById.load(id), "evidence pack");
  await useCases.cancelEvidencePack(principal.tenantId, id);
  loaders.evidencePackById.clear(id);
  return requireFound(await loaders.evidencePackById.load(id), "evidence pack");
};

/** @throws ServiceError INVALID_INPUT */
async function ofPeriod({ loaders }: Context, { from, to, sourceIds }: CreateEvidencePackInput) {
  const ids = sourceIds ?? null;
  if (ids?.length === 0) throw inputError("input.sourceIds", "must have at least one id, or be null for all sources");
  for (const [n, id] of ids?.entries() ?? [])
    if ((await loaders.sourceById.load(id)) === undefined)
      throw inputError(`input.sourceIds[${n}]`, "must be the id of a source: there is none with this id");
  if (typeof from !== "string") throw inputError("input.from", "is required without input.findingId");
  if (typeof to !== "string") throw inputError("input.to", "is required without input.findingId");
  if (Date.parse(to) <= Date.parse(from)) throw inputError("input.to", "must be after input.from");
  if (Date.parse(to) > Date.now()) throw inputError("input.to", "must not be in the future");
  return { from, to, sourceIds: ids && [...new Set(ids)].sort(), findingId: null };
}

/** @throws ServiceError INVALID_INPUT | NOT_FOUND */
async function ofFinding({ loaders }: Context, { findingId, from, to, sourceIds }: CreateEvidencePackInput) {
  for (const [name, value] of Object.entries({ from, to, sourceIds }))
    if (value !== null && value !== undefined)
      throw inputError(`input.${name}`, "must not be combined with input.findingId");
  const { id, sourceId, openedAt, closedAt } = requireFound(await loaders.findingById.load(findingId ?? ""), "finding");
  return {
    from: new Date(Date.parse(openedAt) - DAY_MS).toISOString(),
    to: closedAt ?? new Date().toISOString(),
    sourceIds: [sourceId],
    findingId: id,
  };
}
