import type {
  ConnectSourceInput,
  MutationResolvers,
  QueryResolvers,
  SourceBudgetInput,
  SourceComparisonsInput,
  SourceErasureResolvers,
} from "./__generated__/types.ts";
import { inputError, requireShortValues } from "./input-error.ts";
import { requireFound } from "./require-found.ts";
import { validKey } from "./valid-key.ts";
import type { SourceBudget, SourceComparisons } from "./use-cases.ts";

export const SourceErasure: SourceErasureResolvers = {
  status: ({ finishedAt }) => (finishedAt === null ? "RUNNING" : "FINISHED"),
};

export const sourceErasure: NonNullable<QueryResolvers["sourceErasure"]> = async (_root, { sourceId }, { loaders }) =>
  (await loaders.erasureBySource.load(sourceId)) ?? null;

export const connectSource: NonNullable<MutationResolvers["connectSource"]> = async (_root, { input }, context) => {
  const { principal, loaders, useCases, signal } = context;
  requireShortValues("input", withoutSettings(input));
  const id = await useCases.connectSource(
    principal.tenantId,
    {
      id: input.id,
      connector: input.connector,
      platform: input.platform ?? undefined,
      settings: input.settings,
      schedule: input.schedule ?? undefined,
      budget: budgetOf(input.budget) ?? undefined,
      networks: input.networks ?? undefined,
      reconcile: comparisonsOf(input.reconcile) ?? undefined,
      idempotencyKey: validKey(input.idempotencyKey),
    },
    signal,
  );
  loaders.sourceById.clear(id);
  return { source: requireFound(await loaders.sourceById.load(id), "source") };
};

export const updateSource: NonNullable<MutationResolvers["updateSource"]> = async (_root, { input }, context) => {
  const { sourceId, schedule, budget, networks, reconcile, settings } = input;
  requireShortValues("input", { sourceId, schedule, networks, reconcile });
  const { principal, loaders, useCases, signal } = context;
  const change = {
    schedule: schedule ?? undefined,
    budget: budgetOf(budget),
    networks: networks ?? undefined,
    reconcile: comparisonsOf(reconcile),
    settings: settings ?? undefined,
    credentials: undefined,
  };
  await useCases.updateSource(principal.tenantId, sourceId, change, signal);
  loaders.sourceById.clear(sourceId);
  return { source: requireFound(await loaders.sourceById.load(sourceId), "source") };
};

export const updateSourceCredentials: NonNullable<MutationResolvers["updateSourceCredentials"]> = async (
  _root,
  { input: { sourceId, credentials } },
  { principal, loaders, useCases, signal },
) => {
  requireShortValues("input", { sourceId });
  const unchanged = {
    schedule: undefined,
    budget: undefined,
    networks: undefined,
    reconcile: undefined,
    settings: undefined,
  };
  await useCases.updateSource(principal.tenantId, sourceId, { ...unchanged, credentials }, signal);
  loaders.sourceById.clear(sourceId);
  return { source: requireFound(await loaders.sourceById.load(sourceId), "source") };
};

export const disconnectSource: NonNullable<MutationResolvers["disconnectSource"]> = async (
  _root,
  { input: { sourceId, data } },
  { principal, loaders, useCases },
) => {
  requireShortValues("input", { sourceId });
  await useCases.disconnectSource(principal.tenantId, sourceId, data);
  loaders.sourceById.clear(sourceId);
  loaders.erasureBySource.clear(sourceId);
  const source = await loaders.sourceById.load(sourceId);
  const erasure = data === "ERASE" ? await loaders.erasureBySource.load(sourceId) : undefined;
  return { source: source ?? null, erasure: erasure ?? null };
};

/** The settings are limited as a whole, where they are checked. */
function withoutSettings({ settings: _settings, ...input }: ConnectSourceInput): object {
  return input;
}

/** @returns undefined: not given; null: as all sources */
function comparisonsOf(input: SourceComparisonsInput | null | undefined): SourceComparisons | null | undefined {
  return input && { every: input.every ?? undefined, days: input.days ?? undefined };
}

/** @returns undefined: not given; null: the connector's own limits */
function budgetOf(input: SourceBudgetInput | null | undefined): SourceBudget | null | undefined {
  if (input === null || input === undefined) return input;
  const { rates, maxConcurrent } = input;
  const names = (rates ?? []).map(({ bucket }) => bucket);
  if (new Set(names).size < names.length) throw inputError("input.budget.rates", "must name no limit twice");
  return {
    ...(rates && { rates: Object.fromEntries(rates.map(({ bucket, perSecond }) => [bucket, perSecond])) }),
    ...(typeof maxConcurrent === "number" && { maxConcurrent }),
  };
}
