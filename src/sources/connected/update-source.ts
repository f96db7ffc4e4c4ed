import {
  type ConnectRules,
  type GivenComparisons,
  invalidInput,
  parseConnectedSource,
  parseStoredSource,
  secretSettings,
  type SourceConfig,
} from "../../config.ts";
import { ServiceError } from "../../domain/error.ts";
import { appendEvents } from "../../events/append.ts";
import type { Transaction } from "../../store/database.ts";
import { seal } from "../secrets/envelope.ts";
import { requireCurrentKey } from "../secrets/keyring.ts";
import { shortenComparisonIntervals } from "../reconcile-schedule.ts";
import { recordCall } from "../source-status.ts";
import type { OwnComparisons } from "../source.ts";
import { checkUpstream } from "./check-upstream.ts";
import { decryptSettings, settingsContext } from "./read-stored-source.ts";
import {
  accountOf,
  credentialOf,
  credentialsEndOf,
  noSuchSource,
  refuseContradictions,
  refuseFileSource,
} from "./refusals.ts";
import { refreshConnected } from "./register-connected.ts";
import type { ConnectedSourcesOptions, SourceChange } from "./requests.ts";
import { findSettings, type StoredSettings, updateSettings } from "./source-settings.ts";

export interface UpdateInput {
  readonly tenantId: string;
  readonly sourceId: string;
  readonly change: SourceChange;
  readonly signal: AbortSignal;
}

/** See `ConnectedSources.update`. */
export async function updateSource(options: ConnectedSourcesOptions, input: UpdateInput): Promise<void> {
  const { db, keyring, budgets, onChanged } = options;
  const { configs: fileSources, platforms } = options.file;
  const rules: ConnectRules = { networks: options.networks, platforms };
  const { tenantId, sourceId, change, signal } = input;
  refuseFileSource(fileSources, tenantId, sourceId);
  const stored = await db.read(tenantId, (tx) => findSettings(tx, sourceId));
  if (stored === undefined) throw noSuchSource();
  const before = decryptSettings(keyring, stored, tenantId, sourceId);
  if (before === undefined) throw notConnected(sourceId);
  const account = stored.platform === undefined ? undefined : accountBefore(rules, input, stored, before);
  refuseMisplaced(stored.connector, change);
  const settings = mergeSettings(before, { ...change.settings, ...change.credentials });
  const source = parseConnectedSource(tenantId, givenSource(sourceId, stored, settings, change), rules);
  if (accountOf(source) !== account) throw invalidInput([{ path: "input.settings", expected: SAME_ACCOUNT }]);
  const masterKey = requireCurrentKey(keyring);
  const needs = { keyring, platforms };
  await db.read(tenantId, (tx) => refuseContradictions(tx, needs, fileSources, source));
  const isTried = change.settings !== undefined || change.credentials !== undefined || change.networks !== undefined;
  if (isTried) await checkUpstream(source, budgets, signal);
  const envelope = seal(masterKey, JSON.stringify(settings), settingsContext(tenantId, sourceId));
  await db.transaction(tenantId, async (tx) => {
    const version = await updateSettings(tx, sourceId, { ...source, envelope }, stored.version);
    if (version === undefined) throw changedMeanwhile(sourceId);
    await store(tx, source, isTried);
  });
  await shortenComparisonIntervals(db, [source], options.comparisonsEveryMs);
  onChanged(sourceId);
}

/** Its data is that of one account. */
const SAME_ACCOUNT = "must not change the account that the source reads at its platform: connect another source for it";

/** @throws ServiceError UPSTREAM_UNAUTHORIZED if the tenant may no longer use the platform of the source */
function accountBefore(
  rules: ConnectRules,
  { tenantId, sourceId }: UpdateInput,
  stored: StoredSettings,
  settings: Readonly<Record<string, unknown>>,
): string | undefined {
  return accountOf(
    parseStoredSource({ ...stored, id: sourceId, tenantId, platform: stored.platform, settings }, rules.platforms),
  );
}

async function store(tx: Transaction, source: SourceConfig, isTried: boolean): Promise<void> {
  await refreshConnected(tx, {
    ...source,
    credential: credentialOf(source),
    credentialsEnd: credentialsEndOf(source),
  });
  if (isTried) await appendEvents(tx, await recordCall(tx, source.id, "succeed", undefined));
}

/** Settings that are not changed are given as they are stored, so that all of them are checked together. */
function givenSource(
  id: string,
  stored: StoredSettings,
  settings: Readonly<Record<string, unknown>>,
  { schedule, budget, networks, reconcile }: SourceChange,
) {
  return {
    id,
    connector: stored.connector,
    platform: stored.platform,
    settings,
    schedule: schedule ?? scheduleText(stored.scheduleMs),
    budget: budget === undefined ? stored.budget : (budget ?? undefined),
    networks: networks ?? stored.networks,
    reconcile: reconcile === undefined ? givenComparisons(stored.reconcile) : (reconcile ?? undefined),
  };
}

function scheduleText(scheduleMs: number | undefined): string {
  return scheduleMs === undefined ? "manual" : intervalText(scheduleMs);
}

function givenComparisons(stored: OwnComparisons | undefined): GivenComparisons | undefined {
  if (stored === undefined) return undefined;
  const { everyMs, days } = stored;
  return { every: typeof everyMs === "number" ? intervalText(everyMs) : everyMs, days };
}

function intervalText(scheduleMs: number): string {
  return scheduleMs % 60_000 === 0 ? `${scheduleMs / 60_000}m` : `${scheduleMs / 1_000}s`;
}

/** Each of the two mutations changes its own settings, so that a credential is never replaced by mistake. */
function refuseMisplaced(connector: string, { settings = {}, credentials = {} }: SourceChange): void {
  const secret = secretSettings(connector);
  const issues = [
    ...Object.keys(settings)
      .filter((name) => secret.includes(name))
      .map((name) => ({ path: `input.settings.${name}`, expected: "is a credential: use updateSourceCredentials" })),
    ...Object.keys(credentials)
      .filter((name) => !secret.includes(name))
      .map((name) => ({
        path: `input.credentials.${name}`,
        expected: `is not a credential of this connector: must be one of ${secret.join(", ")}`,
      })),
  ];
  if (issues.length > 0) throw invalidInput(issues);
}

function mergeSettings(
  before: Readonly<Record<string, unknown>>,
  change: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries({ ...before, ...change }).filter(([, value]) => value !== null));
}

function notConnected(sourceId: string): ServiceError {
  return new ServiceError("CONFLICT", "the source is not connected", { sourceId });
}

function changedMeanwhile(sourceId: string): ServiceError {
  return new ServiceError("CONFLICT", "the source was changed or disconnected at the same time", { sourceId });
}
