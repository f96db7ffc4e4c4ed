import type { KeyName } from "./api-key-store.ts";

/** Called once, when a key is known to be revoked. */
export type OnRevoked = () => void;

/** Keys whose callers have open connections in this process. */
export interface OpenUses {
  /** Adds a connection; returns the function that removes it. */
  add(key: KeyName, onRevoked: OnRevoked): () => void;
  /** Keys with open connections that are not known to be revoked. */
  keys(): readonly KeyName[];
  /** True for a key with open connections that is known to be revoked. */
  isRevoked(id: string): boolean;
  /** Tells every connection of a key. */
  revoke(id: string): void;
}

interface Use {
  readonly key: KeyName;
  readonly listeners: Set<OnRevoked>;
  isRevoked: boolean;
}

export function createOpenUses(): OpenUses {
  const uses = new Map<string, Use>();
  return {
    add(key, onRevoked) {
      const use = uses.get(key.id) ?? { key, listeners: new Set(), isRevoked: false };
      uses.set(key.id, use);
      const listener = (): void => onRevoked(); // the same function may be added twice
      use.listeners.add(listener);
      if (use.isRevoked) queueMicrotask(listener);
      return () => {
        use.listeners.delete(listener);
        if (use.listeners.size === 0 && uses.get(key.id) === use) uses.delete(key.id);
      };
    },
    keys: () => [...uses.values()].filter(({ isRevoked }) => !isRevoked).map(({ key }) => key),
    isRevoked: (id) => uses.get(id)?.isRevoked === true,
    revoke(id) {
      const use = uses.get(id);
      if (use === undefined || use.isRevoked) return;
      use.isRevoked = true;
      for (const listener of use.listeners) listener();
    },
  };
}
