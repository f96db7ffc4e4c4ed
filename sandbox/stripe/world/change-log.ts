import type { Entry } from "./object-store.ts";

/** Changes of one operation, passed on when it is complete. */
export interface ChangeSet {
  readonly changed: readonly Change[];
  /** Events of the operation, in order. */
  readonly events: readonly Entry[];
}

export interface Change {
  readonly entry: Entry;
  readonly kind: "created" | "updated" | "deleted" | "annotated";
}

/** Collects the changes of the current operation. */
export interface ChangeLog {
  note(entry: Entry, kind: Change["kind"]): void;
  noteEvent(event: Entry): void;
  /** Ends the operation: returns its changes and notifies every listener, unless there are none. */
  commit(): ChangeSet;
  /** Called with each non-empty change set, in order. */
  onCommit(listener: (changes: ChangeSet) => void): void;
}

/** Creates an empty log. */
export function createChangeLog(): ChangeLog {
  let changed = new Map<Entry, Change["kind"]>();
  let events: Entry[] = [];
  const listeners: ((changes: ChangeSet) => void)[] = [];
  return {
    note(entry, kind) {
      const before = changed.get(entry);
      // Created and then updated counts as created; deleted is final.
      if (before === undefined || before === "annotated" || kind === "deleted") changed.set(entry, kind);
    },
    noteEvent: (event) => void events.push(event),
    commit() {
      const changes: ChangeSet = { changed: Array.from(changed, ([entry, kind]) => ({ entry, kind })), events };
      if (changes.changed.length === 0 && events.length === 0) return changes;
      changed = new Map();
      events = [];
      for (const listener of listeners) listener(changes);
      return changes;
    },
    onCommit: (listener) => void listeners.push(listener),
  };
}
