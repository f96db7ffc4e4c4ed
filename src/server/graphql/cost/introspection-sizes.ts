import {
  type GraphQLInterfaceType,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type GraphQLType,
  isAbstractType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isWrappingType,
} from "graphql";

/** Number of items of a list of the introspection schema. */
interface Size {
  /** Over all types: exact for a list under `__schema { types }`. */
  readonly average: number;
  /** Of any type: for a list under a type that the operation reaches in another way. */
  readonly maximum: number;
}

/** Number of items of the lists of the introspection schema, by `Type.field`. */
export type IntrospectionSizes = ReadonlyMap<string, Size>;

/** Measures what introspection of a schema returns. */
export function measureIntrospection(schema: GraphQLSchema): IntrospectionSizes {
  const types = Object.values(schema.getTypeMap());
  const fields = types.filter(hasFields).flatMap((type) => Object.values(type.getFields()));
  const directives = schema.getDirectives();
  const ofTypes = (count: (type: GraphQLNamedType) => number): Size => sizeOf(types.map(count));
  return new Map<string, Size>([
    ["__Schema.types", exactly(types.length)],
    ["__Schema.directives", exactly(directives.length)],
    ["__Type.fields", ofTypes((type) => (hasFields(type) ? Object.keys(type.getFields()).length : 0))],
    ["__Type.inputFields", ofTypes((type) => (isInputObjectType(type) ? Object.keys(type.getFields()).length : 0))],
    ["__Type.enumValues", ofTypes((type) => (isEnumType(type) ? type.getValues().length : 0))],
    ["__Type.interfaces", ofTypes((type) => (hasFields(type) ? type.getInterfaces().length : 0))],
    ["__Type.possibleTypes", ofTypes((type) => (isAbstractType(type) ? schema.getPossibleTypes(type).length : 0))],
    ["__Type.ofType", exactly(shareOfWrapped(fields.map(({ type }) => type)))],
    ["__Field.args", sizeOf(fields.map(({ args }) => args.length))],
    ["__Directive.args", sizeOf(directives.map(({ args }) => args.length))],
  ]);
}

/** Of `ofType`, which is null for most types: a chain of them sums up to the average number of wrappers. */
function shareOfWrapped(types: readonly GraphQLType[]): number {
  const wrappers = sizeOf(types.map(wrappersOf)).average;
  return wrappers / (wrappers + 1);
}

function wrappersOf(type: GraphQLType): number {
  return isWrappingType(type) ? 1 + wrappersOf(type.ofType) : 0;
}

function hasFields(type: GraphQLNamedType): type is GraphQLObjectType | GraphQLInterfaceType {
  return isObjectType(type) || isInterfaceType(type);
}

function sizeOf(counts: readonly number[]): Size {
  const sum = counts.reduce((total, count) => total + count, 0);
  return { average: sum / Math.max(1, counts.length), maximum: Math.max(0, ...counts) };
}

function exactly(count: number): Size {
  return { average: count, maximum: count };
}
