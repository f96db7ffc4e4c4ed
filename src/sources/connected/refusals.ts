import { connectorOf, invalidInput, type SourceConfig } from "../../config.ts";
import { ServiceError } from "../../domain/error.ts";
import type { Transaction } from "../../store/database.ts";
import { credentialName } from "../../upstream/credential-name.ts";
import { findContradictions } from "../shared-credentials.ts";
import { openStoredSource, type StoredSourceNeeds } from "./read-stored-source.ts";

/** The same words whether the id is used by the caller's tenant or by another one. */
export function idInUse(): ServiceError {
  return new ServiceError("CONFLICT", "input.id is in use: choose another id for the source");
}

/** The same words whether the other source is of the caller's tenant or of another one. */
export function accountInUse(): ServiceError {
  return new ServiceError("CONFLICT", "input.settings names an account of the platform that another source reads");
}

/** Returns the account that a source reads at its platform; undefined for a source without a platform. */
export function accountOf({ connector, platform, config }: SourceConfig): string | undefined {
  return platform === undefined ? undefined : connectorOf(connector)?.accountOf?.(config);
}

/** Returns true if a source reads the same account of the same platform as one of others. */
export function isAccountAmong(others: readonly SourceConfig[], source: SourceConfig): boolean {
  const account = accountOf(source);
  return account !== undefined && others.some((one) => one.platform === source.platform && accountOf(one) === account);
}

/** @throws ServiceError CONFLICT for a source of the settings file */
export function refuseFileSource(fileSources: readonly SourceConfig[], tenantId: string, sourceId: string): void {
  if (!fileSources.some((source) => source.id === sourceId && source.tenantId === tenantId)) return;
  throw new ServiceError("CONFLICT", "the source is defined in the settings file, and can only be changed there", {
    sourceId,
  });
}

export function noSuchSource(): ServiceError {
  return new ServiceError("NOT_FOUND", "there is no source with this id");
}

/** Returns the name of the credential that a source uses; empty for one that makes no calls. */
export function credentialOf({ connector, config }: SourceConfig): string {
  const target = connectorOf(connector)?.target(config);
  return target === undefined ? "" : credentialName(target);
}

/** Returns the time at which the credentials of a source end, as far as they state it. */
export function credentialsEndOf({ connector, config }: SourceConfig): string | undefined {
  return connectorOf(connector)?.credentialsEnd?.(config);
}

/**
 * Refuses budgets and networks that contradict those of a source with the same address and credential: both use one
 * upstream client. Sources of other tenants that are not in the settings file are not visible here.
 * @throws ServiceError INVALID_INPUT
 */
export async function refuseContradictions(
  tx: Transaction,
  needs: StoredSourceNeeds,
  fileSources: readonly SourceConfig[],
  source: SourceConfig,
): Promise<void> {
  const credential = credentialOf(source);
  if (credential === "") return;
  const others = [
    ...fileSources.filter((other) => credentialOf(other) === credential),
    ...(await storedWith(tx, needs, credential)),
  ].filter(({ id }) => id !== source.id);
  const settings = [...others, source].map((one) => ({ ...one, connector: connectorOf(one.connector) }));
  const issues = findContradictions(settings)
    .filter(({ index }) => index === others.length)
    .map(({ setting, other }) => {
      const isOwn = others.some(({ id, tenantId }) => id === other && tenantId === source.tenantId);
      const name = isOwn ? `of "${other}", which` : "of another source that";
      if (source.platform !== undefined) {
        const expected = `must have the ${setting} ${name} has the same address and credential`;
        return { path: "input.platform", expected };
      }
      return { path: `input.${setting}`, expected: `must be that ${name} has the same address and credential` };
    });
  if (issues.length > 0) throw invalidInput(issues);
}

/** One is enough: those that share a credential agree. */
async function storedWith(
  tx: Transaction,
  needs: StoredSourceNeeds,
  credential: string,
): Promise<readonly SourceConfig[]> {
  const rows = await tx.query<{ id: string }>(
    "select id from sources where credential = $1 and origin = 'CONNECTED' and disconnected_at is null limit 2",
    [credential],
  );
  const stored = [];
  for (const { id } of rows) stored.push(await openStoredSource(tx, needs, id).catch(notUsable));
  return stored.filter((source) => source !== undefined);
}

/** A source whose platform the tenant may no longer use makes no calls. */
function notUsable(reason: unknown): undefined {
  if (ServiceError.from(reason).code !== "UPSTREAM_UNAUTHORIZED") throw reason;
}
