import type { Database, Transaction } from "../../src/store/database.ts";

/** Hooks between the service and its database, through which tests deliberately break guarantees. */
export interface DatabaseHooks {
  /** Called with each SQL statement of a transaction before it is sent; the returned text is sent instead. */
  readonly rewrite?: (text: string, values?: readonly unknown[]) => string;
  /** Called when the statements of a transaction have run, but it is not committed. */
  readonly beforeCommit?: (texts: readonly string[]) => void;
  /** Called when a transaction is committed; its caller does not know yet. */
  readonly afterCommit?: (texts: readonly string[]) => void;
}

/** A database that behaves as `db`, except for the hooks. */
export function hookDatabase(db: Database, hooks: DatabaseHooks): Database {
  const rewrite = hooks.rewrite ?? ((text: string) => text);
  return {
    ...db,
    async transaction<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
      let texts: string[] = [];
      const result = await db.transaction(tenantId, async (tx) => {
        texts = [];
        const done = await work({
          ...tx,
          query: (text, values) => {
            texts.push(text);
            return tx.query(rewrite(text, values), values);
          },
        });
        hooks.beforeCommit?.(texts);
        return done;
      });
      hooks.afterCommit?.(texts);
      return result;
    },
  };
}
