import { AsyncLocalStorage } from "node:async_hooks";
import type { Transaction } from "./transaction.ts";

/** Work to be done in the same transaction as an effect, whichever part of the service has the effect. */
export interface CommitHook {
  readonly tenantId: string;
  /** Runs as the last part of each writing transaction of the tenant, until one of them is committed. */
  readonly beforeCommit: (tx: Transaction) => Promise<void>;
  /** Called when a transaction is committed in which `beforeCommit` has run. */
  readonly onCommitted: () => void;
}

const hooks = new AsyncLocalStorage<{ readonly hook: CommitHook; isOpen: boolean }>();

/** Runs `work`; the hook belongs to the transactions that it opens until its promise settles. */
export async function withCommitHook<T>(hook: CommitHook, work: () => Promise<T>): Promise<T> {
  const scope = { hook, isOpen: true };
  try {
    return await hooks.run(scope, work);
  } finally {
    scope.isOpen = false; // work that was only started, such as a loop, has transactions of its own
  }
}

/** A transaction's work with the hook of the caller, and what to call once it is committed. */
export interface HookedWork<T> {
  readonly work: (tx: Transaction) => Promise<T>;
  readonly committed: () => void;
}

/** Adds the hook of the caller, if there is one, to the work of a transaction that writes. */
export function hookedWork<T>(tenantId: string, work: (tx: Transaction) => Promise<T>): HookedWork<T> {
  const scope = hooks.getStore();
  if (scope === undefined || !scope.isOpen || scope.hook.tenantId !== tenantId) return { work, committed: NOTHING };
  return {
    async work(tx) {
      // The end of the transaction is sent after the hook, not together with a statement before it.
      const result = await work({
        ...tx,
        query: (text, values, options) => tx.query(text, values, { ...options, last: false }),
      });
      await scope.hook.beforeCommit(tx);
      return result;
    },
    committed() {
      scope.isOpen = false;
      scope.hook.onCommitted();
    },
  };
}

const NOTHING = (): void => undefined;
