import type { ByteReader } from "./byte-reader.ts";
import { malformedMessage } from "./malformed.ts";
import type { Column, Relation, ReplicaIdentity } from "./relation.ts";

/** Source: PostgreSQL manual, "pg_class", `relreplident`. */
const IDENTITIES: ReadonlyMap<string, ReplicaIdentity> = new Map([
  ["d", "default"],
  ["n", "nothing"],
  ["f", "full"],
  ["i", "index"],
]);

/** Reads the description of a table. @param types names of the types that are not built in, by oid */
export function readRelation(reader: ByteReader, types: ReadonlyMap<number, string>): Relation {
  const oid = reader.uint32();
  const schema = reader.text();
  const name = reader.text();
  const letter = String.fromCharCode(reader.uint8());
  const identity = IDENTITIES.get(letter);
  if (identity === undefined) throw malformedMessage(`pgoutput sent the replica identity ${JSON.stringify(letter)}`);
  const count = reader.uint16();
  const columns: Column[] = [];
  for (let at = 0; at < count; at++) columns.push(readColumn(reader, types));
  return { oid, schema: schema === "" ? "pg_catalog" : schema, name, identity, columns };
}

function readColumn(reader: ByteReader, types: ReadonlyMap<number, string>): Column {
  const isKey = (reader.uint8() & 1) === 1;
  const name = reader.text();
  const typeOid = reader.uint32();
  return { name, typeOid, typeName: types.get(typeOid), typeModifier: reader.int32(), isKey };
}
