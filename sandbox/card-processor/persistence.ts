import { openJournal, readJournal, type Cell } from "../shared/journal.ts";
import type { Stored } from "./world/objects.ts";
import type { World, WorldState } from "./world/world.ts";

/** State stored by an earlier run. */
export interface Kept {
  readonly state: WorldState;
  /** Changes in their order; the last of each object, and every one that the log still has. */
  readonly changes: readonly Stored[];
}

/** Undefined when there is no file, or when it is empty. */
export function readKept(path: string): Kept | undefined {
  const changes: Stored[] = [];
  let state: WorldState | undefined;
  // Only this module writes the file, which is why the types below are correct.
  readJournal(path, ({ header, body }) => {
    const value: unknown = JSON.parse(body, revived);
    if (header === "state") state = value as WorldState;
    else changes.push(value as Stored);
  });
  return state === undefined ? undefined : { state, changes };
}

/** Journal of all operations; a line is written before anything that depends on it is sent. */
export interface WorldJournal {
  close(): void;
}

/** Begins with the complete current state, then follows the world. Without a path nothing is stored. */
export function keepJournal(path: string | undefined, world: World): WorldJournal {
  if (path === undefined) return { close: () => undefined };
  const journal = openJournal(path);
  journal.rewrite([...world.everything().map(changeCell), stateCell(world.state())]);
  world.onCommit((changes) => journal.append([...changes.map(changeCell), stateCell(world.state())]));
  return { close: () => journal.close() };
}

/** A bigint is written as `"12n"`, which no text of the world looks like. */
const text = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) => (typeof inner === "bigint" ? `${inner}n` : inner));
const revived = (_key: string, value: unknown): unknown =>
  typeof value === "string" && /^-?\d+n$/u.test(value) ? BigInt(value.slice(0, -1)) : value;
const changeCell = (change: Stored): Cell => ({ header: "change", body: text(change) });
const stateCell = (state: WorldState): Cell => ({ header: "state", body: text(state) });
