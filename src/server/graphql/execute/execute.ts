import {
  type ExecutionResult,
  getArgumentValues,
  GraphQLError,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type OperationDefinitionNode,
  type ResponsePath,
} from "graphql";
import { type FieldErrors, located, nullNearest, type Position } from "./field-errors.ts";
import { type FieldPlan, type PlanSource, selectionOf, type SelectionPlan, type Shape } from "./operation-plan.ts";
import { runtimeTypeOf } from "./runtime-type.ts";

/** One execution of a plan. */
export interface Execution {
  readonly source: PlanSource;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly contextValue: unknown;
  readonly rootValue: unknown;
  readonly errors: FieldErrors;
  /** Arguments with variables, by field: equal for all objects. */
  readonly args: Map<FieldPlan, Readonly<Record<string, unknown>>>;
  /** Fields and items whose values are waited for. */
  pending: number;
  /** Called when there are none any more, or when the whole result is null. */
  onSettled: (() => void) | undefined;
  /** True if an error has made the whole result null. */
  isNull: boolean;
}

type Container = Record<string | number, unknown>;

/**
 * Executes a planned operation, as graphql-js's `execute` does: equal results, and equal errors in the order in which
 * they occur. It differs in how it waits: values are put in their places as they arrive, and one count shows when all
 * have, instead of a promise for each object, list and item. The work of a field that no longer matters because its
 * parent became null is waited for, too, unless the whole result is null.
 */
export function executePlan(execution: Execution, root: SelectionPlan): ExecutionResult | Promise<ExecutionResult> {
  const results: Container = emptyResults(root);
  const { operation } = execution;
  if (operation.operation === "mutation") return runSerially(execution, root, results);
  try {
    runFields(execution, root, execution.rootValue, results, undefined);
  } catch (reason) {
    nullAll(execution, reason);
  }
  if (execution.pending === 0) return resultOf(execution, results);
  return settled(execution).then(() => resultOf(execution, results));
}

/** Mutations run one after another: each is complete, with its selected fields, before the next one begins. */
async function runSerially(execution: Execution, root: SelectionPlan, results: Container): Promise<ExecutionResult> {
  for (const plan of root.fields) {
    try {
      runField(execution, plan, execution.rootValue, results, undefined);
    } catch (reason) {
      nullAll(execution, reason);
    }
    if (execution.pending > 0) await settled(execution);
    if (execution.isNull) break;
  }
  return resultOf(execution, results);
}

function settled(execution: Execution): Promise<void> {
  return new Promise((resolve) => (execution.onSettled = resolve));
}

function resultOf({ errors: { errors }, isNull }: Execution, results: Container): ExecutionResult {
  const data = isNull ? null : results;
  return errors.length === 0 ? { data } : { errors, data };
}

function nullAll(execution: Execution, reason: unknown): void {
  execution.errors.add(reason as GraphQLError, undefined); // each error was located by the field that it is about
  execution.isNull = true;
}

function emptyResults({ hasPrototypeKey }: SelectionPlan): Container {
  return hasPrototypeKey ? (Object.create(null) as Container) : {};
}

function runFields(
  execution: Execution,
  { fields }: SelectionPlan,
  source: unknown,
  results: Container,
  parent: Position | undefined,
): void {
  for (const plan of fields) runField(execution, plan, source, results, parent);
}

function runField(
  execution: Execution,
  plan: FieldPlan,
  source: unknown,
  results: Container,
  parent: Position | undefined,
): void {
  const { key, shape, constant } = plan;
  if (constant !== undefined) {
    results[key] = constant;
    return;
  }
  const isBare = plan.resolve === undefined && shape.kind === "leaf";
  const position = isBare ? undefined : positionOfField(plan, results, parent);
  try {
    const value =
      plan.resolve === undefined
        ? propertyOf(execution, plan, source, position)
        : plan.resolve(source, argsOf(execution, plan), execution.contextValue, infoOf(execution, plan, position));
    if (isPromise(value)) {
      const place = position ?? positionOfField(plan, results, parent);
      results[key] = null; // keeps the order of the keys
      wait(execution, plan, place, value, (arrived) => complete(execution, plan, shape, place, arrived));
    } else results[key] = complete(execution, plan, shape, position, value);
  } catch (reason) {
    const place = position ?? positionOfField(plan, results, parent);
    const error = located(reason, plan, place);
    if (!shape.isNullable) throw error;
    execution.errors.add(error, place);
    results[key] = null;
  }
}

function positionOfField({ key, parentType, shape }: FieldPlan, container: Container, prev: Position | undefined) {
  return { prev, key, typename: parentType.name, container, isNullable: shape.isNullable };
}

/** As graphql-js's default: the property, and the result of a method. */
function propertyOf(execution: Execution, plan: FieldPlan, source: unknown, position: Position | undefined): unknown {
  if ((typeof source !== "object" || source === null) && typeof source !== "function") return undefined;
  const { name } = plan.field;
  const value = (source as Record<string, unknown>)[name];
  if (typeof value !== "function") return value;
  const method = value as (args: unknown, context: unknown, info: unknown) => unknown;
  const info = infoOf(execution, plan, position);
  return method.call(source, argsOf(execution, plan), execution.contextValue, info);
}

/** @throws GraphQLError when a variable's value is not allowed here */
function argsOf(execution: Execution, plan: FieldPlan): Readonly<Record<string, unknown>> {
  const known = plan.args ?? execution.args.get(plan);
  if (known !== undefined) return known;
  const { field, nodes, hasVariables } = plan;
  const [node] = nodes;
  const args = node === undefined ? {} : getArgumentValues(field, node, execution.variables);
  if (hasVariables) execution.args.set(plan, args);
  else plan.args = args;
  return args;
}

function infoOf(execution: Execution, plan: FieldPlan, path: ResponsePath | undefined): GraphQLResolveInfo {
  return new FieldInfo(execution, plan, path) as unknown as GraphQLResolveInfo; // the getters have its other fields
}

/** What graphql-js tells a resolver about its field; hardly any looks at it, so it is made up on request. */
class FieldInfo {
  readonly #execution: Execution;
  readonly #plan: FieldPlan;
  readonly path: ResponsePath | undefined;

  constructor(execution: Execution, plan: FieldPlan, path: ResponsePath | undefined) {
    this.#execution = execution;
    this.#plan = plan;
    this.path = path;
  }

  get fieldName() {
    return this.#plan.field.name;
  }
  get fieldNodes() {
    return this.#plan.nodes;
  }
  get returnType() {
    return this.#plan.field.type;
  }
  get parentType() {
    return this.#plan.parentType;
  }
  get schema() {
    return this.#execution.source.schema;
  }
  get fragments() {
    return Object.fromEntries(this.#execution.source.fragments);
  }
  get rootValue() {
    return this.#execution.rootValue;
  }
  get operation() {
    return this.#execution.operation;
  }
  get variableValues() {
    return this.#execution.variables;
  }
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";
}

/**
 * Puts the value into its place when it has arrived.
 * @param completed what becomes of it; what it throws is the field's error
 */
function wait(
  execution: Execution,
  plan: FieldPlan,
  position: Position,
  promise: PromiseLike<unknown>,
  completed: (value: unknown) => unknown,
): void {
  execution.pending += 1;
  const fail = (reason: unknown): void => {
    const error = located(reason, plan, position);
    const nulled = nullNearest(position);
    execution.errors.add(error, nulled);
    if (nulled !== undefined) return;
    execution.isNull = true;
    execution.onSettled?.(); // nothing else becomes part of the result
  };
  const leave = (): void => {
    execution.pending -= 1;
    if (execution.pending === 0) execution.onSettled?.();
  };
  promise.then(
    (value) => {
      try {
        (position.container as Container)[position.key] = completed(value); // a list's key is an index
      } catch (reason) {
        fail(reason);
      }
      leave();
    },
    (reason: unknown) => {
      fail(reason);
      leave();
    },
  );
}

/** @throws an error that is located by the field's caller */
function complete(
  execution: Execution,
  plan: FieldPlan,
  shape: Shape,
  position: Position | undefined,
  value: unknown,
): unknown {
  if (value instanceof Error) throw value;
  if (value === null || value === undefined) {
    if (shape.isNullable) return null;
    throw new Error(`Cannot return null for non-nullable field ${plan.parentType.name}.${plan.field.name}.`);
  }
  if (shape.kind === "leaf") return serialize(shape.type, value);
  if (position === undefined) throw new Error("a field with children has a position");
  if (shape.kind === "list") return completeList(execution, plan, shape.item, position, value);
  if (shape.kind === "object") return completeObject(execution, plan, shape.type, position, value);
  const { source, contextValue } = execution;
  const type = runtimeTypeOf(shape.type, { value, contextValue, plan, schema: source.schema }, () =>
    infoOf(execution, plan, position),
  );
  if (!isPromise(type)) return completeObject(execution, plan, type, position, value);
  wait(execution, plan, position, type, (arrived) =>
    completeObject(execution, plan, arrived as GraphQLObjectType, position, value),
  );
  return null; // until the type has arrived
}

function serialize(type: { readonly name: string; serialize(value: unknown): unknown }, value: unknown): unknown {
  const serialized = type.serialize(value);
  if (serialized === null || serialized === undefined)
    throw new Error(
      `Expected \`${type.name}.serialize\` to return non-nullable value, returned: ${String(serialized)}`,
    );
  return serialized;
}

function completeObject(
  execution: Execution,
  plan: FieldPlan,
  type: GraphQLObjectType,
  position: Position,
  value: unknown,
): Container {
  const selection = selectionOf(execution.source, plan, type);
  const results = emptyResults(selection);
  runFields(execution, selection, value, results, position);
  return results;
}

function completeList(
  execution: Execution,
  plan: FieldPlan,
  shape: Shape,
  prev: Position,
  value: unknown,
): readonly unknown[] {
  if (!isIterable(value)) {
    const name = `${plan.parentType.name}.${plan.field.name}`;
    throw new GraphQLError(`Expected Iterable, but did not find one for field "${name}".`);
  }
  const results: unknown[] = [];
  let index = 0;
  for (const item of value) {
    completeItem(
      execution,
      plan,
      shape,
      { prev, key: index, typename: undefined, container: results, isNullable: shape.isNullable },
      item,
    );
    index += 1;
  }
  return results;
}

function completeItem(execution: Execution, plan: FieldPlan, shape: Shape, position: Position, item: unknown): void {
  const results = position.container as unknown[]; // of a list
  try {
    if (isPromise(item)) {
      results.push(null);
      wait(execution, plan, position, item, (arrived) => complete(execution, plan, shape, position, arrived));
    } else results.push(complete(execution, plan, shape, position, item));
  } catch (reason) {
    const error = located(reason, plan, position);
    if (!shape.isNullable) throw error;
    execution.errors.add(error, position);
    results.push(null);
  }
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}
