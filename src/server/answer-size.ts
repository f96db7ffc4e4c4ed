import {
  type ConstValueNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getNamedType,
  getNullableType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from "graphql";
import { MAX_PAGE_SIZE } from "../../resolvers/connection.ts";
import { ServiceError } from "../domain/error.ts";

/**
 * Fields that one answer may have: some 20 MB and a second of work. A page of 100 payments with 100 of all that belongs
 * to each of them has a third of it; lists within lists of lists reach it.
 */
export const MAX_ANSWER_FIELDS = 500_000;
/** What a list is taken for that nobody gave a length: attempts, balances, references. */
const ASSUMED_LENGTH = 10;
/** What a stored body counts for: some hundred kilobytes each, a megabyte at most. */
const BODY_FIELDS = 2_000;
/** Arguments that say how many items come back: their number, or how many values they list. */
const LENGTH_ARGUMENTS = ["first", "ids", "representations"];

export interface AnswerSizeRequest {
  readonly schema: GraphQLSchema;
  /** Valid against the schema. */
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  /** As they came. */
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * Refuses an operation whose answer could be too large to make, before anything is read: each page is as long as it may
 * be, conditions such as `@include` hold. One pass over the document; a fragment is measured once.
 * @throws ServiceError INVALID_INPUT
 */
export function requireModestAnswer(request: AnswerSizeRequest): void {
  const fields = answerFields(request);
  if (fields <= MAX_ANSWER_FIELDS) return;
  throw new ServiceError(
    "INVALID_INPUT",
    `the answer could have more than ${MAX_ANSWER_FIELDS} fields: ask for smaller pages or fewer lists within lists`,
  );
}

/** Fields that the answer could have. */
export function answerFields({ schema, document, operation, variables }: AnswerSizeRequest): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const measured = new Map<string, number>();
  const defaults = new Map(operation.variableDefinitions?.map((one) => [one.variable.name.value, one.defaultValue]));

  function ofSelections(selections: SelectionSetNode | undefined, parent: GraphQLNamedType | undefined): number {
    let sum = 0;
    for (const selection of selections?.selections ?? []) {
      if (selection.kind === Kind.FIELD) sum += ofField(selection, parent);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) sum += ofFragment(selection.name.value);
      else sum += ofSelections(selection.selectionSet, typeOf(selection.typeCondition?.name.value) ?? parent);
    }
    return sum;
  }

  function ofFragment(name: string): number {
    const known = measured.get(name);
    if (known !== undefined) return known;
    const fragment = fragments.get(name);
    const fields = ofSelections(fragment?.selectionSet, typeOf(fragment?.typeCondition.name.value));
    measured.set(name, fields);
    return fields;
  }

  function ofField(node: FieldNode, parent: GraphQLNamedType | undefined): number {
    const fields = isObjectType(parent) || isInterfaceType(parent) ? parent.getFields() : undefined;
    const field = fields?.[node.name.value];
    if (field === undefined) return 1; // __typename, and introspection, whose size the schema bounds
    if (field.name === "body") return BODY_FIELDS;
    const inner = ofSelections(node.selectionSet, getNamedType(field.type));
    return 1 + inner * itemsOf(node, field, parent);
  }

  /** A connection is as long as its page; its lists hold that page and nothing more. */
  function itemsOf(node: FieldNode, field: GraphQLField<unknown, unknown>, parent: GraphQLNamedType | undefined) {
    const argument = field.args.find(({ name }) => LENGTH_ARGUMENTS.includes(name));
    if (argument !== undefined) {
      const given = node.arguments?.find(({ name }) => name.value === argument.name)?.value;
      return lengthOfLiteral(given) ?? lengthOf(argument.defaultValue) ?? ASSUMED_LENGTH;
    }
    const isPart = parent?.name.endsWith("Connection") === true;
    return isListType(getNullableType(field.type)) && !isPart ? ASSUMED_LENGTH : 1;
  }

  /** Undefined for none, for null, and for what will be refused when it is coerced. */
  function lengthOfLiteral(node: ConstValueNode | ValueNode | undefined): number | undefined {
    if (node?.kind === Kind.INT) return pageLength(Number(node.value));
    if (node?.kind === Kind.LIST) return node.values.length;
    if (node?.kind !== Kind.VARIABLE) return undefined;
    const { value: name } = node.name;
    return Object.hasOwn(variables, name) ? lengthOf(variables[name]) : lengthOfLiteral(defaults.get(name));
  }

  const typeOf = (name: string | undefined) => (name === undefined ? undefined : schema.getType(name));
  return ofSelections(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
}

function lengthOf(value: unknown): number | undefined {
  if (typeof value === "number") return pageLength(value);
  return Array.isArray(value) ? value.length : undefined;
}

/** More is refused by the list itself, which names the argument. */
function pageLength(first: number): number {
  return Math.min(Math.max(first, 0), MAX_PAGE_SIZE);
}
