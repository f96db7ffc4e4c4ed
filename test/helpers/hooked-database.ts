import type { Database, Transaction } from "../../src/store/database.ts";

/** The seam through which tests break guarantees on purpose: what stands between the service and its database. */
export interface DatabaseHooks {
  /** Called with each statement of a transaction before it is sent; what it returns is sent instead. */
  readonly rewrite?: (text: string) => string;
  /** The statements of a transaction are done, it is not committed. */
  readonly beforeCommit?: (texts: readonly string[]) => void;
  /** A transaction is committed; whoever asked for it does not know yet. */
  readonly afterCommit?: (texts: readonly string[]) => void;
}

/** A database that behaves as `db`, but for the hooks. */
export function hookDatabase(db: Database, hooks: DatabaseHooks): Database {
  const rewrite = hooks.rewrite ?? ((text: string) => text);
  return {
    ...db,
    async transaction<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): Promise<T> {
      let texts: string[] = [];
      const result = await db.transaction(tenantId, async (tx) => {
        texts = [];
        const done = await work({
          tenantId: tx.tenantId,
          query: (text, values) => {
            texts.push(text);
            return tx.query(rewrite(text), values);
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
