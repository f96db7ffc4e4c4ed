import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from "graphql";
import { type FieldCosts, readFieldCosts } from "./field-costs.ts";
import { type IntrospectionSizes, measureIntrospection } from "./introspection-sizes.ts";
import { itemsOf, type ListField, statedSize } from "./list-length.ts";

/** What the costs of all operations of a schema have in common. */
export interface CostModel {
  readonly schema: GraphQLSchema;
  readonly costs: FieldCosts;
  readonly introspection: IntrospectionSizes;
}

export interface CostRequest {
  /** Valid against the schema; its expanded size is limited. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** Coerced, with the defaults of the operation. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Costs of an operation. */
export interface OperationCost {
  /** Maximum sum of the weights of the returned fields. */
  readonly cost: number;
  /** Number of representations of `_entities`, over all of its aliases. */
  readonly entities: number;
}

export function createCostModel(schema: GraphQLSchema): CostModel {
  return { schema, costs: readFieldCosts(schema), introspection: measureIntrospection(schema) };
}

/** Where a selection set is, as far as the lengths of its lists depend on it. */
interface Place {
  readonly parent: GraphQLNamedType | undefined;
  /** Lists of this object whose length its own field states. */
  readonly sized: { readonly fields: readonly string[]; readonly size: number } | undefined;
  /** True below a type of the introspection schema that is no item of `__schema { types }`. */
  readonly isOneType: boolean;
}

/**
 * Returns the maximum cost of an operation: for every field the weight and the cost of its subfields, times the number
 * of its items, provided that pages are full, and that `@skip` and `@include` skip nothing. Of the object types that an
 * abstract type may have, only the most expensive one counts.
 */
export function operationCost(model: CostModel, { document, operation, variables }: CostRequest): OperationCost {
  const fragments = fragmentsOf(document);
  let entities = 0;

  function costOfSet(set: SelectionSetNode | undefined, place: Place): number {
    let sum = 0;
    const byType = new Map<GraphQLNamedType, number>();
    for (const selection of set?.selections ?? []) {
      if (selection.kind === Kind.FIELD) {
        sum += costOfField(selection, place);
        continue;
      }
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const condition = inner?.typeCondition?.name.value;
      const type = condition === undefined ? place.parent : model.schema.getType(condition);
      const cost = costOfSet(inner?.selectionSet, { ...place, parent: type });
      if (isAbstractType(place.parent) && isObjectType(type)) byType.set(type, (byType.get(type) ?? 0) + cost);
      else sum += cost;
    }
    return sum + Math.max(0, ...byType.values());
  }

  function costOfField(node: FieldNode, place: Place): number {
    const field = fieldOf(place.parent, node.name.value);
    if (field === undefined) return 1; // __typename
    const { weight, list } = model.costs.get(field) ?? { weight: 1, list: undefined };
    const items = itemsAt(model, place, { node, field, list, variables });
    if (field.name === "_entities") entities += items;
    const fields = list?.sizedFields;
    const sized = fields && { fields, size: statedSize({ node, field, list, variables }) };
    const parent = getNamedType(field.type);
    const isOneType = place.isOneType || (parent.name === "__Type" && nameOf(place, field) !== "__Schema.types");
    return items * (weight + costOfSet(node.selectionSet, { parent, sized: sized ?? undefined, isOneType }));
  }

  const parent = model.schema.getRootType(operation.operation) ?? undefined;
  const cost = costOfSet(operation.selectionSet, { parent, sized: undefined, isOneType: false });
  return { cost, entities };
}

function itemsAt({ introspection }: CostModel, place: Place, one: ListField): number {
  const ofSchema = introspection.get(nameOf(place, one.field));
  if (ofSchema !== undefined) return place.isOneType ? ofSchema.maximum : ofSchema.average;
  return place.sized?.fields.includes(one.field.name) === true ? place.sized.size : itemsOf(one);
}

function nameOf({ parent }: Place, { name }: GraphQLField<unknown, unknown>): string {
  return `${parent?.name}.${name}`;
}

function fieldOf(parent: GraphQLNamedType | undefined, name: string): GraphQLField<unknown, unknown> | undefined {
  if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
  if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  return isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
}

function fragmentsOf({ definitions }: DocumentNode): ReadonlyMap<string, FragmentDefinitionNode> {
  const fragments = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return new Map(fragments.map((fragment) => [fragment.name.value, fragment]));
}
