import {
  getDirectiveValues,
  getNamedType,
  type GraphQLField,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from "graphql";

/** What the SDL states about the cost of a field. */
export interface FieldCost {
  /** `@cost(weight:)` of the field, or else of its type, or else 1; of each item if the field is a list. */
  readonly weight: number;
  /** `@listSize` of the field; undefined for a field without it. */
  readonly list: ListSize | undefined;
}

/** Arguments of `@listSize`. */
export interface ListSize {
  /** Length if no slicing argument has a value. */
  readonly assumedSize?: number | null;
  /** Names of the integer arguments that state the length; the largest one counts. */
  readonly slicingArguments?: readonly string[] | null;
  /** Lists within the returned object that have this length, instead of the field itself. */
  readonly sizedFields?: readonly string[] | null;
}

type Field = GraphQLField<unknown, unknown>;
export type FieldCosts = ReadonlyMap<Field, FieldCost>;

/**
 * Weight of a field without a directive, and of an object or a leaf. The IBM specification leaves leaves free by
 * default; here they count, because what is limited is the work for a response and its size.
 */
const DEFAULT_WEIGHT = 1;
/** Weight of `_Service.sdl`, which is the library's own: its length as a number of fields. */
const SDL_WEIGHT = 2_500;

/**
 * Reads the directives `@cost` and `@listSize` of every field, as the federation specification v2.9 defines them after
 * the IBM specification. A field of an interface has the largest weight of the same field of its types.
 */
export function readFieldCosts(schema: GraphQLSchema): FieldCosts {
  const costs = new Map<Field, FieldCost>();
  const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type));
  for (const type of types.filter(isObjectType)) {
    for (const field of fieldsOf(type)) costs.set(field, costOf(schema, type, field));
  }
  for (const type of types.filter(isInterfaceType)) {
    for (const field of fieldsOf(type)) {
      const same = schema.getPossibleTypes(type).map((one) => costs.get(one.getFields()[field.name] ?? field));
      const weight = Math.max(...same.map((cost) => cost?.weight ?? DEFAULT_WEIGHT));
      costs.set(field, { ...costOf(schema, type, field), weight });
    }
  }
  return costs;
}

function costOf(schema: GraphQLSchema, type: GraphQLObjectType | GraphQLInterfaceType, field: Field): FieldCost {
  const [cost, listSize] = [schema.getDirective("cost"), schema.getDirective("listSize")];
  const ofField = cost && field.astNode && getDirectiveValues(cost, field.astNode);
  const typeNode = getNamedType(field.type).astNode;
  const ofType = cost && typeNode && getDirectiveValues(cost, typeNode);
  const weight = ofField?.["weight"] ?? ofType?.["weight"];
  const list = listSize && field.astNode && getDirectiveValues(listSize, field.astNode);
  const isSdl = type.name === "_Service" && field.name === "sdl";
  return {
    weight: typeof weight === "number" ? weight : isSdl ? SDL_WEIGHT : DEFAULT_WEIGHT,
    list: (list ?? undefined) as ListSize | undefined, // coerced to the directive's argument types
  };
}

function fieldsOf(type: GraphQLObjectType | GraphQLInterfaceType): readonly Field[] {
  return Object.values(type.getFields());
}
