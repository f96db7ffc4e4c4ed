import {
  type DocumentNode,
  getNamedType,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from "graphql";
import { ALSO_READ, FIELDS_READ, type ReadColumns } from "../../../resolvers/fields-read.ts";

/** Returns which fields of rows a document's operations read. */
export type ReadColumnsOf = (document: DocumentNode) => ReadColumns;

const LISTED: ReadonlyMap<string, Readonly<Record<string, readonly string[]>>> = new Map(Object.entries(FIELDS_READ));

/**
 * Creates the function for a schema. All operations and conditions of a document count, so that the rows of a kind have
 * the same fields wherever they were loaded. Each document is looked at once.
 */
export function createReadColumns(schema: GraphQLSchema): ReadColumnsOf {
  const known = new WeakMap<DocumentNode, ReadColumns>();
  const resolved = fieldsWithResolver(schema); // a library that traces requests adds one to every field
  return (document) => {
    let columns = known.get(document);
    if (columns === undefined) known.set(document, (columns = readColumns({ schema, resolved }, document)));
    return columns;
  };
}

function fieldsWithResolver(schema: GraphQLSchema): ReadonlySet<unknown> {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
  const fields = types.flatMap((type) => Object.values(type.getFields()));
  return new Set(fields.filter(({ resolve }) => resolve !== undefined));
}

interface ReadSchema {
  readonly schema: GraphQLSchema;
  readonly resolved: ReadonlySet<unknown>;
}

function readColumns({ schema, resolved }: ReadSchema, document: DocumentNode): ReadColumns {
  const selected = new Map([...LISTED.keys()].map((type) => [type, new Set<string>()]));
  const complete = new Set<string>();
  const info = new TypeInfo(schema);
  const enter = ({ name }: { readonly name: { readonly value: string } }): void => {
    for (const type of objectTypes(schema, info.getParentType() ?? undefined)) {
      for (const [other, names] of Object.entries(ALSO_READ[`${type.name}.${name.value}`] ?? {}))
        for (const each of names) selected.get(other)?.add(each);
      const names = LISTED.get(type.name)?.[name.value];
      const field = isObjectType(type) ? type.getFields()[name.value] : undefined;
      if (names !== undefined) for (const each of names) selected.get(type.name)?.add(each);
      else if (!resolved.has(field)) selected.get(type.name)?.add(name.value);
      else complete.add(type.name);
    }
  };
  visit(document, visitWithTypeInfo(info, { Field: { enter } }));
  // The names were checked where they are listed; those of fields without a resolver are filtered by the table.
  return Object.fromEntries([...selected].filter(([type]) => !complete.has(type)));
}

function objectTypes(schema: GraphQLSchema, type: GraphQLNamedType | undefined): readonly GraphQLNamedType[] {
  if (type === undefined) return [];
  return isAbstractType(type) ? schema.getPossibleTypes(type) : [getNamedType(type)];
}
