import {
  type FieldNode,
  getNullableType,
  type GraphQLField,
  isListType,
  isNonNullType,
  Kind,
  type ValueNode,
} from "graphql";
import { MAX_PAGE_SIZE } from "../../../../resolvers/connection.ts";
import type { ListSize } from "./field-costs.ts";

/** A field of an operation, with what determines the number of its items. */
export interface ListField {
  readonly node: FieldNode;
  readonly field: GraphQLField<unknown, unknown>;
  /** `@listSize` of the field. */
  readonly list: ListSize | undefined;
  /** Coerced, with the defaults of the operation. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Length of a list of which nothing is known. */
const ASSUMED_SIZE = 10;

/** Returns the maximum number of items of a field; 1 if it is no list. */
export function itemsOf(one: ListField): number {
  if (!isListType(getNullableType(one.field.type))) return 1;
  return itemOfEach(one) ?? statedSize(one);
}

/** Returns the length that the field states by its arguments or its directive: its own, or that of its `sizedFields`. */
export function statedSize({ node, field, list, variables }: ListField): number {
  const values = (list?.slicingArguments ?? []).map((name) => argumentOf({ node, field, list, variables }, name));
  const sizes = values.flatMap((value) => (typeof value === "number" ? [pageSize(value)] : []));
  return sizes.length > 0 ? Math.max(...sizes) : (list?.assumedSize ?? ASSUMED_SIZE);
}

/** Returns the length of a list that has one item for each value of a required list, such as `nodes(ids:)`. */
function itemOfEach(one: ListField): number | undefined {
  const argument = one.field.args.find(({ type }) => isNonNullType(type) && isListType(type.ofType));
  if (argument === undefined) return undefined;
  const values = argumentOf(one, argument.name);
  return Array.isArray(values) ? values.length : 1;
}

/** Returns the value of an argument as far as it can state a length: the items of a literal list are not coerced. */
function argumentOf({ node, field, variables }: ListField, name: string): unknown {
  const given = node.arguments?.find((argument) => argument.name.value === name)?.value;
  const value = given && valueOf(given, variables);
  return value ?? field.args.find((argument) => argument.name === name)?.defaultValue;
}

function valueOf(node: ValueNode, variables: Readonly<Record<string, unknown>>): unknown {
  if (node.kind === Kind.VARIABLE) return variables[node.name.value];
  if (node.kind === Kind.INT) return Number(node.value);
  return node.kind === Kind.LIST ? node.values : undefined;
}

/** The list itself rejects a larger or smaller page and names the argument. */
function pageSize(first: number): number {
  return Math.min(Math.max(first, 0), MAX_PAGE_SIZE);
}
