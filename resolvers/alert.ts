import { ServiceError } from "../src/domain/error.ts";
import type {
  AlertResolvers,
  MutationResolvers,
  QueryResolvers,
  UpdateAlertEndpointInput,
} from "./__generated__/types.ts";
import { inputError, requireShortValues } from "./input-error.ts";
import { loadOptional } from "./load-optional.ts";
import { requireFound } from "./require-found.ts";
import { requireReason } from "./require-reason.ts";
import { requireText } from "./require-text.ts";
import { rootList } from "./root-list.ts";
import { sourceOf } from "./source-of.ts";
import type { AlertEndpointChange } from "./use-cases.ts";

const MAX_NAME_CHARACTERS = 100;
const MAX_SOURCES = 100;
const MAX_MUTE_MS = 366 * 86_400_000;

export const Alert: AlertResolvers = {
  endpoint: ({ endpointId }, _args, { loaders }) => loadOptional(loaders.alertEndpointById, endpointId),
  source: ({ sourceId }, _args, context) => (sourceId === null ? null : sourceOf(context, sourceId)),
  finding: ({ findingId }, _args, { loaders }) => loadOptional(loaders.findingById, findingId),
};

export const alertEndpoints: NonNullable<QueryResolvers["alertEndpoints"]> = (_root, _args, { loaders }) =>
  loaders.alertEndpoints.load("all");

export const alertEndpoint: NonNullable<QueryResolvers["alertEndpoint"]> = (_root, { id }, { loaders }) =>
  loadOptional(loaders.alertEndpointById, id);

export const alertMutes: NonNullable<QueryResolvers["alertMutes"]> = (_root, _args, { loaders }) =>
  loaders.alertMutes.load("all");

export const alerts: NonNullable<QueryResolvers["alerts"]> = (_root, args, context) =>
  rootList(context, args, "alerts", context.loaders.lists.alerts);

export const alert: NonNullable<QueryResolvers["alert"]> = (_root, { id }, { loaders }) =>
  loadOptional(loaders.alertById, id);

export const createAlertEndpoint: NonNullable<MutationResolvers["createAlertEndpoint"]> = async (
  _root,
  { input },
  { principal, loaders, useCases },
) => {
  const { id, secret } = await useCases.createAlertEndpoint(principal.tenantId, {
    name: requireText("input.name", input.name, MAX_NAME_CHARACTERS),
    url: input.url,
    form: input.form ?? "STANDARD_WEBHOOKS",
    minSeverity: input.minSeverity ?? "WARNING",
    sourceIds: requireSourceIds(input.sourceIds) ?? undefined,
    createdBy: principal.subject,
  });
  return { endpoint: requireFound(await loaders.alertEndpointById.load(id), "alert endpoint"), secret: secret ?? null };
};

export const updateAlertEndpoint: NonNullable<MutationResolvers["updateAlertEndpoint"]> = async (
  _root,
  { input },
  { principal, loaders, useCases },
) => {
  const { id } = input;
  requireFound(await loaders.alertEndpointById.load(id), "alert endpoint");
  await useCases.updateAlertEndpoint(principal.tenantId, id, changeOf(input));
  loaders.alertEndpointById.clear(id);
  return requireFound(await loaders.alertEndpointById.load(id), "alert endpoint");
};

function changeOf(input: UpdateAlertEndpointInput): AlertEndpointChange {
  const { name, url, minSeverity, sourceIds, mutedUntil, isEnabled } = input;
  return {
    name: typeof name === "string" ? requireText("input.name", name, MAX_NAME_CHARACTERS) : undefined,
    url: url ?? undefined,
    minSeverity: minSeverity ?? undefined,
    sourceIds: requireSourceIds(sourceIds),
    mutedUntil: typeof mutedUntil === "string" ? requireMuteEnd("input.mutedUntil", mutedUntil) : mutedUntil,
    isEnabled: isEnabled ?? undefined,
  };
}

export const rotateAlertSecret: NonNullable<MutationResolvers["rotateAlertSecret"]> = async (
  _root,
  { id },
  { principal, loaders, useCases },
) => {
  const endpoint = requireFound(await loaders.alertEndpointById.load(id), "alert endpoint");
  return { endpoint, secret: await useCases.rotateAlertSecret(principal.tenantId, id) };
};

export const deleteAlertEndpoint: NonNullable<MutationResolvers["deleteAlertEndpoint"]> = async (
  _root,
  { id },
  { principal, loaders, useCases },
) => {
  const endpoint = requireFound(await loaders.alertEndpointById.load(id), "alert endpoint");
  await useCases.deleteAlertEndpoint(principal.tenantId, id);
  loaders.alertEndpointById.clear(id);
  return endpoint;
};

export const muteAlerts: NonNullable<MutationResolvers["muteAlerts"]> = async (_root, { input }, context) => {
  const { principal, loaders, useCases } = context;
  requireShortValues("input", { sourceId: input.sourceId, kind: input.kind });
  if (typeof input.sourceId === "string") requireFound(await loaders.sourceById.load(input.sourceId), "source");
  const id = await useCases.muteAlerts(principal.tenantId, {
    sourceId: input.sourceId ?? null,
    kind: typeof input.kind === "string" ? requireText("input.kind", input.kind, MAX_NAME_CHARACTERS) : null,
    until: requireMuteEnd("input.until", input.until),
    reason: requireReason("input.reason", input.reason),
    createdBy: principal.subject,
  });
  loaders.alertMutes.clear("all");
  const mutes = await loaders.alertMutes.load("all");
  return requireFound(
    mutes.find((mute) => mute.id === id),
    "muting",
  );
};

export const unmuteAlerts: NonNullable<MutationResolvers["unmuteAlerts"]> = async (_root, { id }, context) => {
  const { principal, loaders, useCases } = context;
  const mutes = await loaders.alertMutes.load("all");
  const muting = requireFound(
    mutes.find((mute) => mute.id === id),
    "muting",
  );
  await useCases.unmuteAlerts(principal.tenantId, id);
  loaders.alertMutes.clear("all");
  return muting;
};

export const sendTestAlert: NonNullable<MutationResolvers["sendTestAlert"]> = async (
  _root,
  { endpointId },
  { principal, loaders, useCases },
) => {
  requireFound(await loaders.alertEndpointById.load(endpointId), "alert endpoint");
  const id = await useCases.sendTestAlert(principal.tenantId, endpointId);
  return requireFound(await loaders.alertById.load(id), "alert");
};

export const resendAlert: NonNullable<MutationResolvers["resendAlert"]> = async (
  _root,
  { id },
  { principal, loaders, useCases },
) => {
  const found = requireFound(await loaders.alertById.load(id), "alert");
  if ((await loaders.alertEndpointById.load(found.endpointId)) === undefined)
    throw new ServiceError("CONFLICT", "the alert endpoint of the message was deleted");
  await useCases.resendAlert(principal.tenantId, id);
  loaders.alertById.clear(id);
  return requireFound(await loaders.alertById.load(id), "alert");
};

/** @throws ServiceError INVALID_INPUT */
function requireSourceIds(ids: readonly string[] | null | undefined): readonly string[] | null | undefined {
  if (ids === null || ids === undefined) return ids;
  requireShortValues("input", { sourceIds: ids });
  if (ids.length >= 1 && ids.length <= MAX_SOURCES) return ids;
  throw inputError("input.sourceIds", `must have 1 to ${MAX_SOURCES} names, or be null for every source`);
}

/** @throws ServiceError INVALID_INPUT */
function requireMuteEnd(argument: string, until: string): string {
  const leftMs = Date.parse(until) - Date.now();
  if (leftMs > 0 && leftMs <= MAX_MUTE_MS) return until;
  throw inputError(argument, `must be in the future and within a year, got ${until}`);
}
