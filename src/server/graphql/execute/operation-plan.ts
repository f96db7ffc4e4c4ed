import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getDirectiveValues,
  type GraphQLAbstractType,
  type GraphQLField,
  GraphQLIncludeDirective,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  isAbstractType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type InlineFragmentNode,
  SchemaMetaFieldDef,
  type SelectionNode,
  type SelectionSetNode,
  TypeMetaFieldDef,
  TypeNameMetaFieldDef,
  visit,
} from "graphql";

/** Values of the variables that decide which fields are selected. */
export type Conditions = Readonly<Record<string, unknown>>;

/** How a value becomes part of the result. */
export type Shape = { readonly isNullable: boolean } & (
  | { readonly kind: "leaf"; readonly type: GraphQLLeafType }
  | { readonly kind: "list"; readonly item: Shape }
  | { readonly kind: "object"; readonly type: GraphQLObjectType }
  | { readonly kind: "abstract"; readonly type: GraphQLAbstractType }
);

/** One field of the result: all that does not depend on the object that it is read from. */
export interface FieldPlan {
  /** Name in the response. */
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly parentType: GraphQLObjectType;
  readonly field: GraphQLField<unknown, unknown>;
  /** Result without a resolver: only `__typename` has one. */
  readonly constant: string | undefined;
  /** Undefined: the property of the field's name. */
  readonly resolve: GraphQLField<unknown, unknown>["resolve"];
  readonly shape: Shape;
  /** Arguments, if no variable is part of them; undefined until they are first needed. */
  args: Readonly<Record<string, unknown>> | undefined;
  readonly hasVariables: boolean;
  /** Selections by the type of the object; each is made when it is first needed. */
  readonly selections: Map<GraphQLObjectType, SelectionPlan>;
}

/** The fields of one object, in the order of the result. */
export interface SelectionPlan {
  readonly fields: readonly FieldPlan[];
  /** True if a key would set the prototype of an ordinary object. */
  readonly hasPrototypeKey: boolean;
}

/** Resolvers of fields as the schema was built: a library that traces requests replaces all of them later. */
export type Resolvers = ReadonlyMap<GraphQLField<unknown, unknown>, FieldPlan["resolve"]>;

/** Returns the resolvers of a schema. */
export function resolversOf(schema: GraphQLSchema): Resolvers {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type));
  return new Map(
    types.flatMap((type) => Object.values(type.getFields()).map((field) => [field, field.resolve] as const)),
  );
}

/** What the selections of an operation are made from. */
export interface PlanSource {
  readonly schema: GraphQLSchema;
  readonly resolvers: Resolvers;
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly conditions: Conditions;
}

/** Returns the names of the variables in `@skip` and `@include`, sorted. */
export function conditionNames(document: DocumentNode): readonly string[] {
  const names = new Set<string>();
  visit(document, {
    Directive({ name, arguments: given = [] }) {
      if (name.value !== "skip" && name.value !== "include") return;
      for (const { value } of given) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return [...names].toSorted();
}

/** Plans the fields that an operation selects of an object of this type. */
export function planSelection(
  source: PlanSource,
  type: GraphQLObjectType,
  sets: readonly (SelectionSetNode | undefined)[],
): SelectionPlan {
  const nodes = new Map<string, FieldNode[]>();
  const visited = new Set<string>();
  for (const set of sets) if (set !== undefined) collect(source, type, set, nodes, visited);
  const fields = [...nodes].flatMap(([key, some]) => planField(source, type, key, some) ?? []);
  return { fields, hasPrototypeKey: nodes.has("__proto__") };
}

/** Plans the fields that a field selects of an object of this type, once for each type. */
export function selectionOf(source: PlanSource, plan: FieldPlan, type: GraphQLObjectType): SelectionPlan {
  let selection = plan.selections.get(type);
  if (selection === undefined) {
    const sets = plan.nodes.map(({ selectionSet }) => selectionSet);
    plan.selections.set(type, (selection = planSelection(source, type, sets)));
  }
  return selection;
}

function collect(
  source: PlanSource,
  type: GraphQLObjectType,
  { selections }: SelectionSetNode,
  nodes: Map<string, FieldNode[]>,
  visited: Set<string>,
): void {
  for (const selection of selections) {
    if (!isIncluded(selection, source.conditions)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const some = nodes.get(key);
      if (some === undefined) nodes.set(key, [selection]);
      else some.push(selection);
      continue;
    }
    const name = selection.kind === Kind.FRAGMENT_SPREAD ? selection.name.value : undefined;
    if (name !== undefined && visited.has(name)) continue;
    if (name !== undefined) visited.add(name);
    const fragment = selection.kind === Kind.FRAGMENT_SPREAD ? source.fragments.get(selection.name.value) : selection;
    if (fragment !== undefined && isFor(source.schema, fragment, type))
      collect(source, type, fragment.selectionSet, nodes, visited);
  }
}

function isIncluded(node: SelectionNode, conditions: Conditions): boolean {
  if (node.directives === undefined || node.directives.length === 0) return true;
  const values = { ...conditions };
  if (getDirectiveValues(GraphQLSkipDirective, node, values)?.["if"] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, values)?.["if"] !== false;
}

function isFor(
  schema: GraphQLSchema,
  { typeCondition }: FragmentDefinitionNode | InlineFragmentNode,
  type: GraphQLObjectType,
): boolean {
  if (typeCondition === undefined) return true;
  const conditional = schema.getType(typeCondition.name.value);
  if (conditional === type) return true;
  return isAbstractType(conditional) && schema.isSubType(conditional, type);
}

function planField(
  { schema, resolvers }: PlanSource,
  parentType: GraphQLObjectType,
  key: string,
  nodes: readonly FieldNode[],
): FieldPlan | undefined {
  const node = nodes[0];
  const field = node && fieldOf(schema, parentType, node.name.value);
  if (node === undefined || field === undefined) return undefined;
  return {
    key,
    nodes,
    parentType,
    field,
    constant: field === TypeNameMetaFieldDef ? parentType.name : undefined,
    resolve: resolvers.has(field) ? resolvers.get(field) : field.resolve, // those of introspection are not in it
    shape: shapeOf(field.type),
    args: undefined,
    hasVariables: hasVariables(node),
    selections: new Map(),
  };
}

function fieldOf(schema: GraphQLSchema, type: GraphQLObjectType, name: string) {
  if (name === TypeNameMetaFieldDef.name) return TypeNameMetaFieldDef;
  if (type === schema.getQueryType()) {
    if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
    if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
  }
  return type.getFields()[name];
}

function hasVariables(node: FieldNode): boolean {
  let found = false;
  for (const argument of node.arguments ?? []) visit(argument, { Variable: () => void (found = true) });
  return found;
}

function shapeOf(type: GraphQLOutputType): Shape {
  if (isNonNullType(type)) return { ...shapeOf(type.ofType as GraphQLOutputType), isNullable: false };
  if (isListType(type)) return { kind: "list", item: shapeOf(type.ofType as GraphQLOutputType), isNullable: true };
  if (isLeafType(type)) return { kind: "leaf", type, isNullable: true };
  if (isObjectType(type)) return { kind: "object", type, isNullable: true };
  return { kind: "abstract", type, isNullable: true };
}
