import { readJournal, type Cell } from "../shared/journal.ts";
import type { IdempotencyKeys, SavedAnswer } from "./request/idempotency.ts";
import type { KeyState, Keys } from "./http/keys.ts";
import type { Endpoints } from "./webhooks/endpoints.ts";
import type { Fields } from "./world/fields.ts";
import type { Entry, ObjectStore } from "./world/object-store.ts";
import { STORED_TYPES, type StoredType } from "./world/wire.ts";

/** Everything that survives a restart. */
export interface Persisted {
  readonly store: ObjectStore;
  readonly keys: Keys;
  readonly endpoints: Endpoints;
  readonly idempotencyKeys: IdempotencyKeys;
}

// Headers, by their first element: an object, the number of ids assigned, a key, an endpoint, an idempotent response.
type Header =
  | readonly ["o", type: StoredType, id: string, created: number, order: number, deleted: boolean, fields: Fields]
  | readonly ["s"]
  | readonly ["k", key: string, state: KeyState]
  | readonly ["e", id: string, removed: boolean]
  | readonly ["i", key: string, answer: Omit<SavedAnswer, "text">];

/** Restores a world. Returns the number of ids assigned in it, and of cells read; undefined when there is no file. */
export function restore(
  path: string,
  into: Persisted,
): { readonly serial: number; readonly cells: number } | undefined {
  let serial = 0;
  const read = readJournal(path, ({ header, body }) => {
    // Only this module writes the file.
    const cell = header as Header;
    if (cell[0] === "o") restoreObject(into.store, cell, body);
    else if (cell[0] === "s") serial = Number(body);
    else if (cell[0] === "k") into.keys.set(cell[1], cell[2]);
    else if (cell[0] === "i") into.idempotencyKeys.save(cell[1], { ...cell[2], text: body });
    else if (cell[2]) into.endpoints.remove(cell[1]);
    else into.endpoints.add(endpointOf(cell[1], JSON.parse(body) as EndpointBody));
  });
  return read === undefined ? undefined : { serial, cells: read.cells };
}

interface EndpointBody {
  readonly url: string;
  readonly secrets: readonly string[];
  readonly enabledEvents: readonly string[];
  readonly apiVersion?: string | undefined;
  readonly payload?: "snapshot" | "thin" | undefined;
  readonly connect: boolean;
}

/** Files from before connected accounts existed do not contain which events an endpoint receives. */
function endpointOf(id: string, body: EndpointBody) {
  return { id, ...body, connect: body.connect === true };
}

function restoreObject(store: ObjectStore, header: Header & readonly ["o", ...unknown[]], text: string): void {
  const [, type, id, created, order, deleted, fields] = header;
  store.putText({ type, id, created, order, deleted, fields, text });
}

export const objectCell = (store: ObjectStore, entry: Entry): Cell => {
  const header: Header = ["o", entry.type, entry.id, entry.created, entry.order, entry.deleted, entry.fields];
  return { header, body: store.text(entry) };
};
export const serialCell = (serial: number): Cell => ({ header: ["s"], body: String(serial) });
export const keyCell = (key: string, state: KeyState): Cell => ({ header: ["k", key, state], body: "{}" });
export const answerCell = (key: string, { text, ...answer }: SavedAnswer): Cell => ({
  header: ["i", key, answer],
  body: text,
});
export const endpointCell = (endpoint: EndpointBody & { readonly id: string; readonly removed: boolean }): Cell => {
  const { id, url, secrets, enabledEvents, apiVersion, payload, connect, removed } = endpoint;
  const body = { url, secrets, enabledEvents, apiVersion, payload, connect };
  return { header: ["e", id, removed], body: JSON.stringify(body) };
};

/** The complete current state, in the order in which it must be restored. */
export function* snapshot(from: Persisted, serial: number): Generator<Cell> {
  yield serialCell(serial);
  for (const [key, state] of from.keys.list()) yield keyCell(key, state);
  for (const endpoint of from.endpoints.list()) yield endpointCell(endpoint);
  for (const [key, answer] of from.idempotencyKeys.saved()) yield answerCell(key, answer);
  for (const type of STORED_TYPES) for (const entry of from.store.all(type)) yield objectCell(from.store, entry);
}
