import type { ConnectedSourceInput, SourceConfig } from "../../config.ts";
import type { BudgetOverride } from "../../connector-api/budget.ts";
import type { Database, Transaction } from "../../store/database.ts";
import type { SharedBudgets } from "../../upstream/budget/shared-budgets.ts";
import type { Keyring } from "../secrets/keyring.ts";
import type { FileSources } from "../file-sources.ts";
import type { AccountHash } from "./account-hash.ts";

/** Request to connect a source. */
export interface ConnectRequest extends ConnectedSourceInput {
  readonly idempotencyKey: string | undefined;
}

/** Changed settings of a source. Undefined: no change. */
export interface SourceChange {
  readonly schedule: string | undefined;
  /** Null: the connector's own. */
  readonly budget: BudgetOverride | null | undefined;
  readonly networks: readonly string[] | undefined;
  /** In place of what is stored; null: as all sources. */
  readonly reconcile: ConnectedSourceInput["reconcile"] | null;
  /** Settings of the connector that are no credentials; null removes one. */
  readonly settings: Readonly<Record<string, unknown>> | undefined;
  /** Settings of the connector that are credentials; null removes one. */
  readonly credentials: Readonly<Record<string, unknown>> | undefined;
}

/** What happens to the data of a source that is disconnected. */
export type DataChoice = "KEEP" | "ERASE";

/** Sources that are connected, changed and disconnected while the service runs. */
export interface ConnectedSources {
  /**
   * Connects a source. The upstream is tried first; nothing is stored if it refuses the credentials. A second call with
   * the same idempotency key does nothing.
   * @returns id of the source
   * @throws ServiceError INVALID_INPUT | CONFLICT | SECRETS_KEY_MISSING | UPSTREAM_* | STORE_UNAVAILABLE
   */
  connect(tenantId: string, request: ConnectRequest, signal: AbortSignal): Promise<string>;
  /**
   * Changes settings, or replaces credentials. The upstream is tried first.
   * @throws ServiceError NOT_FOUND, and as `connect`
   */
  update(tenantId: string, sourceId: string, change: SourceChange, signal: AbortSignal): Promise<void>;
  /**
   * Ends the work on a source and deletes its credentials. Its data is kept, or erased in the background.
   * @throws ServiceError NOT_FOUND | CONFLICT | STORE_UNAVAILABLE
   */
  disconnect(tenantId: string, sourceId: string, data: DataChoice): Promise<void>;
}

export interface ConnectedSourcesOptions {
  readonly db: Database;
  readonly keyring: Keyring;
  readonly budgets: Pick<SharedBudgets, "store">;
  /** Sources of the settings file, which alone can change them, and its platforms. */
  readonly file: Pick<FileSources, "configs" | "platforms">;
  /** Networks beyond the public ones that the addresses of sources may be in. */
  readonly networks: readonly string[];
  /** Interval between two comparisons of a source that states none. */
  readonly comparisonsEveryMs: number | "off";
  readonly accountHash: AccountHash;
  /** Registers what a source of this connector is followed by; part of the transaction that connects it. */
  readonly registerWork: (tx: Transaction, source: Pick<SourceConfig, "id" | "connector">) => Promise<void>;
  /**
   * Ends the open runs of a source that is disconnected and keeps its data; the last part of the transaction that
   * disconnects it.
   */
  readonly endRuns: (tx: Transaction, sourceId: string) => Promise<void>;
  /** Called after the commit of every change, with the id of the source. */
  readonly onChanged: (sourceId: string) => void;
  /** Called after the commit when data is to be erased. */
  readonly onErasing: (tenantId: string) => void;
}
