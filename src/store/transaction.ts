import type pg from "pg";

/** Runs statements inside one transaction of one tenant. */
export interface Transaction {
  readonly tenantId: string;
  /** @throws the error of `pg`: the transaction's owner translates it once */
  query<Row extends pg.QueryResultRow>(
    text: string,
    values?: readonly unknown[],
    options?: StatementOptions,
  ): Promise<Row[]>;
  /** Reports work for the log: `onWorkDone` gets it once the transaction is committed, and never if it is not. */
  report(work: WorkReport): void;
  /**
   * Notifies the listeners of a channel, with the tenant as the payload, soon after the commit, and never without one. A
   * crash in between loses it: listeners also poll.
   */
  notifyAfterCommit(channel: string): void;
  /** Resolves when the statements so far have left this process, or can not: a connection takes a large one in parts. */
  sent(): Promise<void>;
}

/** Something that a transaction has done and an operator may want to know, such as a run that has ended. */
export interface WorkReport {
  /** Default: `info`. `warn`: a person should look at it. */
  readonly level?: "info" | "warn";
  readonly sentence: string;
  /** Ids and numbers; no personal values, no secrets. */
  readonly about: Readonly<Record<string, unknown>>;
}

export interface StatementOptions {
  /**
   * True for the last statement of a transaction: COMMIT is sent together with it, which saves a round trip. Nothing can
   * be run after it, and what `work` does then no longer undoes it.
   */
  readonly last?: boolean;
  /**
   * True: each connection keeps the statement and its plan, because parsing and planning cost several times as much as
   * writing a few rows by key. Only for constant texts that find their rows by key, whatever the values: the plan is made
   * without them. Connections make their plans again every few seconds, so that no plan of a small table is used after it has grown.
   * Without effect in a read, whose statements are all prepared and planned for their values.
   */
  readonly prepared?: boolean;
}
