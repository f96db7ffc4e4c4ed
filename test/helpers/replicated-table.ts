import type { SlotEvent } from "../../src/protocols/postgres-cdc/events.ts";
import { NOT_SENT, type Relation, type Row } from "../../src/protocols/postgres-cdc/pgoutput/relation.ts";
import type { RowsRead, TableName, TableReader } from "../../src/protocols/postgres-cdc/snapshot/table-reader.ts";
import { compareVersions, FINALITY } from "../../src/domain/version.ts";

type Values = Readonly<Record<string, string | null>>;

interface Entry {
  readonly key: readonly string[];
  readonly version: { readonly from: bigint; readonly until: bigint };
  /** Undefined: deleted. */
  readonly values: Values | undefined;
}

/**
 * A copy of a table that is made of nothing but snapshots and changes, in whatever order they come, by the rules of the
 * store: the newer version wins, and an object whose versions overlap is fetched again.
 */
export class ReplicatedTable {
  readonly table: TableName;
  readonly #entries = new Map<string, Entry>();
  readonly #refetches = new Map<string, readonly string[]>();

  constructor(table: TableName) {
    this.table = table;
  }

  /** Returns a copy that changes on its own. */
  clone(): ReplicatedTable {
    const copy = new ReplicatedTable(this.table);
    for (const [id, entry] of this.#entries) copy.#entries.set(id, entry);
    for (const [id, key] of this.#refetches) copy.#refetches.set(id, key);
    return copy;
  }

  /** Number of objects that must be fetched again. */
  get conflicts(): number {
    return this.#refetches.size;
  }

  /** Applies an event of the stream; those of other tables have no effect. */
  apply(event: SlotEvent): void {
    if (event.type === "truncate") {
      if (event.relations.some((relation) => this.#isMine(relation))) this.#removeAll(event.lsn);
    } else if ("relation" in event && event.type !== "relation" && this.#isMine(event.relation)) {
      const version = { from: event.lsn, until: event.lsn };
      if (event.type !== "delete") this.#upsert(event.relation, event.row, version);
      if (event.type === "insert" || event.oldRow === undefined) return;
      const oldKey = this.#keyOf(valuesOf(event.relation, event.oldRow));
      const isMoved = event.type === "update" && !sameKey(oldKey, this.#keyOf(valuesOf(event.relation, event.row)));
      if (event.type === "delete" || isMoved) this.#offer({ key: oldKey, version, values: undefined });
    }
  }

  /** Applies rows that were read; what is known in the range and was not read is absent. */
  applyRows(read: RowsRead, isInRange: (key: readonly string[]) => boolean): void {
    const seen = new Set<string>();
    for (const { values, version } of read.rows) {
      const named = Object.fromEntries(read.columns.map((name, at) => [name, values[at] ?? null]));
      const key = this.#keyOf(named);
      seen.add(idOf(key));
      this.#offer({ key, version, values: named });
    }
    for (const [id, { key }] of this.#entries) {
      if (!seen.has(id) && isInRange(key)) this.#offer({ key, version: read.absent, values: undefined });
    }
  }

  /** Fetches every object again that must be, once. */
  async refetch(reader: TableReader): Promise<void> {
    const keys = [...this.#refetches.values()];
    this.#refetches.clear();
    for (let at = 0; at < keys.length; at += 500) {
      const part = keys.slice(at, at + 500);
      const ids = new Set(part.map(idOf));
      this.applyRows(await reader.readKeys(this.table, part), (key) => ids.has(idOf(key)));
    }
  }

  /** The rows that it has, in the order of their keys' text. */
  rows(): readonly Values[] {
    return [...this.#entries.entries()]
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, { values }]) => (values === undefined ? [] : [values]));
  }

  /** The rows of the database, in the same order and form. */
  order(rows: readonly Values[]): readonly Values[] {
    return rows.toSorted((a, b) => (idOf(this.#keyOf(a)) < idOf(this.#keyOf(b)) ? -1 : 1));
  }

  #isMine(relation: Relation): boolean {
    return relation.schema === this.table.schema && relation.name === this.table.name;
  }

  #keyOf(values: Values): readonly string[] {
    return this.table.key.map((column) => values[column] ?? "");
  }

  #upsert(relation: Relation, row: Row, version: Entry["version"]): void {
    const key = this.#keyOf(valuesOf(relation, row));
    const existing = this.#entries.get(idOf(key));
    const values: Record<string, string | null> = {};
    for (const [at, { name }] of relation.columns.entries()) {
      const sent = row[at];
      const known = sent === NOT_SENT ? existing?.values?.[name] : sent;
      if (known === undefined) return void this.#refetches.set(idOf(key), key);
      values[name] = known;
    }
    this.#offer({ key, version, values });
  }

  #removeAll(lsn: bigint): void {
    for (const { key } of this.#entries.values()) {
      this.#offer({ key, version: { from: lsn, until: lsn }, values: undefined });
    }
  }

  #offer(entry: Entry): void {
    const id = idOf(entry.key);
    const existing = this.#entries.get(id);
    const order = existing && compareVersions(withFinality(entry.version), withFinality(existing.version));
    if (order === undefined || order === "newer") this.#entries.set(id, entry);
    else if (order === "conflict" && JSON.stringify(existing?.values) !== JSON.stringify(entry.values)) {
      this.#refetches.set(id, entry.key);
    }
  }
}

const withFinality = (version: Entry["version"]) => ({ ...version, finality: FINALITY.ordinary });

function idOf(key: readonly string[]): string {
  return JSON.stringify(key);
}

function sameKey(a: readonly string[], b: readonly string[]): boolean {
  return idOf(a) === idOf(b);
}

/** Values by name, without those that were not sent. */
function valuesOf({ columns }: Relation, row: Row): Values {
  const named = columns.flatMap(({ name }, at) => {
    const value = row[at];
    return value === NOT_SENT || value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(named);
}
