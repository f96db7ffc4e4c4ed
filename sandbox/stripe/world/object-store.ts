import { fieldsOf, type Fields } from "./fields.ts";
import { STORED_TYPES, type ObjectType, type ObjectTypes, type StoredType } from "./wire.ts";

/**
 * One stored object. It is stored as its JSON text: a page is then a concatenation of texts, and a number that a double
 * cannot represent is preserved. Only an object that changed since it was last read is stored as an object.
 */
export interface Entry {
  readonly type: StoredType;
  readonly id: string;
  /** Unix seconds. Lists are ordered by it, ties by `order`. */
  readonly created: number;
  readonly order: number;
  fields: Fields;
  deleted: boolean;
  text: string | undefined;
  object: unknown;
}

/** One page of a list, newest first. */
export interface Page {
  readonly entries: readonly Entry[];
  readonly hasMore: boolean;
}

export interface PageQuery {
  readonly limit: number;
  readonly startingAfter: Entry | undefined;
  readonly endingBefore: Entry | undefined;
  /** Unix seconds, both inclusive. */
  readonly createdFrom: number;
  readonly createdTo: number;
  readonly matches: (entry: Entry) => boolean;
  /** Exact field values to which the page is restricted. */
  readonly equal: readonly (readonly [field: keyof Fields, value: string])[];
}

export interface ObjectStore {
  find(type: StoredType, id: string): Entry | undefined;
  /** The current object, parsed. Undefined when unknown or deleted. */
  get<T extends ObjectType>(type: T, id: string): ObjectTypes[T] | undefined;
  text(entry: Entry): string;
  /** Stores an object, new or changed. Its position in the lists is that of its first `created`. */
  put<T extends ObjectType>(type: T, object: ObjectTypes[T], hidden?: Partial<Fields>): Entry;
  /** Stores a text unchanged, valid JSON or not. */
  putText(input: TextInput): Entry;
  /** Changes fields that clients cannot read. */
  annotate(entry: Entry, hidden: Partial<Fields>): void;
  page(type: StoredType, query: PageQuery): Page;
  /** Every entry of a type, oldest first, deleted ones included. */
  all(type: StoredType): readonly Entry[];
}

export interface TextInput {
  readonly type: StoredType;
  readonly id: string;
  readonly created: number;
  readonly text: string;
  readonly fields: Fields;
  readonly deleted?: boolean;
  /** Given when an entry is restored; otherwise the next one. */
  readonly order?: number;
}

interface Table {
  readonly byId: Map<string, Entry>;
  /** Ascending by (created, order). */
  readonly ordered: Entry[];
  /** Ascending too; one list per field value, for the fields that reference another object. */
  readonly byReference: Map<string, Entry[]>;
}

/** Fields with an index: those that a client follows from one object to many others. */
const REFERENCES: readonly (keyof Fields)[] = ["customer", "payment_intent", "charge", "payout", "source"];

/** Creates an empty store. It uses no file and needs no closing. */
export function createObjectStore(): ObjectStore {
  const tables = new Map<StoredType, Table>(
    STORED_TYPES.map((type) => [type, { byId: new Map(), ordered: [], byReference: new Map() }]),
  );
  let nextOrder = 1;

  const table = (type: StoredType): Table => {
    const found = tables.get(type);
    if (found === undefined) throw new RangeError(`there is no type ${type}`);
    return found;
  };
  const save = (entry: Entry): Entry => {
    const { byId, ordered, byReference } = table(entry.type);
    byId.set(entry.id, entry);
    insertSorted(ordered, entry);
    for (const field of REFERENCES) addReference(byReference, field, entry);
    return entry;
  };
  const refile = (entry: Entry, fields: Fields): void => {
    const { byReference } = table(entry.type);
    const changed = REFERENCES.filter((field) => fields[field] !== entry.fields[field]);
    for (const field of changed) dropReference(byReference, field, entry);
    entry.fields = fields;
    for (const field of changed) addReference(byReference, field, entry);
  };
  const putText = (input: TextInput): Entry => {
    const { type, id, created, text, fields, deleted = false } = input;
    const known = table(type).byId.get(id);
    if (known !== undefined) {
      refile(known, fields);
      return Object.assign(known, { deleted, text, object: undefined });
    }
    const order = input.order ?? nextOrder;
    nextOrder = Math.max(nextOrder, order) + 1;
    return save({ type, id, created, order, fields, deleted, text, object: undefined });
  };

  return {
    find: (type, id) => table(type).byId.get(id),
    get(type, id) {
      const entry = table(type).byId.get(id);
      if (entry === undefined || entry.deleted) return undefined;
      // The text was written from an object of this type; a tester is responsible for raw texts.
      return (entry.object ?? JSON.parse(textOf(entry))) as ObjectTypes[typeof type];
    },
    text: textOf,
    put(type, object, hidden) {
      const known = table(type).byId.get(object.id);
      const fields = { ...hiddenOf(known?.fields), ...fieldsOf(object), ...hidden };
      if (known !== undefined) {
        refile(known, fields);
        return Object.assign(known, { text: undefined, object, deleted: false });
      }
      const entry = { type, id: object.id, created: object.created, order: nextOrder, fields, deleted: false };
      nextOrder += 1;
      return save({ ...entry, text: undefined, object });
    },
    putText,
    annotate: (entry, hidden) => refile(entry, { ...entry.fields, ...hidden }),
    page: (type, query) => readPage(listFor(table(type), query), query),
    all: (type) => table(type).ordered,
  };
}

function textOf(entry: Entry): string {
  if (entry.text === undefined) {
    entry.text = JSON.stringify(entry.object);
    entry.object = undefined;
  }
  return entry.text;
}

function hiddenOf(fields: Fields | undefined): Partial<Fields> {
  if (fields === undefined) return {};
  return { payout: fields.payout, testCard: fields.testCard };
}

function listFor(table: Table, query: PageQuery): readonly Entry[] {
  const indexed = query.equal.find(([field]) => REFERENCES.includes(field));
  if (indexed === undefined) return table.ordered;
  return table.byReference.get(`${indexed[0]}:${indexed[1]}`) ?? [];
}

function readPage(list: readonly Entry[], query: PageQuery): Page {
  const backwards = query.endingBefore !== undefined;
  const from = lowerBound(list, { created: query.createdFrom, order: -1 });
  const to = lowerBound(list, { created: query.createdTo, order: Infinity });
  const found: Entry[] = [];
  const visit = (entry: Entry | undefined): boolean => {
    if (entry === undefined) return false;
    if (!entry.deleted && isMatch(entry, query)) found.push(entry);
    return found.length <= query.limit;
  };
  if (query.endingBefore !== undefined) {
    let i = Math.max(from, lowerBound(list, query.endingBefore, true));
    while (i < to && visit(list[i])) i += 1;
  } else {
    let i = Math.min(to, query.startingAfter === undefined ? to : lowerBound(list, query.startingAfter)) - 1;
    while (i >= from && visit(list[i])) i -= 1;
  }
  const entries = found.slice(0, query.limit);
  return { entries: backwards ? entries.reverse() : entries, hasMore: found.length > query.limit };
}

function isMatch(entry: Entry, query: PageQuery): boolean {
  for (const [field, value] of query.equal) if (String(entry.fields[field]) !== value) return false;
  return query.matches(entry);
}

/** Index of the first entry that is not before `key`, or with `after`, of the first one after it. */
function lowerBound(list: readonly Entry[], key: { created: number; order: number }, after = false): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const entry = list[middle];
    if (entry === undefined) break;
    const difference = entry.created - key.created || entry.order - key.order;
    if (difference < 0 || (after && difference === 0)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function insertSorted(list: Entry[], entry: Entry): void {
  const last = list.at(-1);
  if (last === undefined || last.created <= entry.created) list.push(entry);
  else list.splice(lowerBound(list, entry, true), 0, entry);
}

function addReference(index: Map<string, Entry[]>, field: keyof Fields, entry: Entry): void {
  const value = entry.fields[field];
  if (value === undefined) return;
  const key = `${field}:${String(value)}`;
  const list = index.get(key);
  if (list === undefined) index.set(key, [entry]);
  else insertSorted(list, entry);
}

function dropReference(index: Map<string, Entry[]>, field: keyof Fields, entry: Entry): void {
  const value = entry.fields[field];
  const list = value === undefined ? undefined : index.get(`${field}:${String(value)}`);
  list?.splice(list.indexOf(entry), 1);
}
