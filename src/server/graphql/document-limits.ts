import {
  type DefinitionNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from "graphql";
import { ServiceError } from "../../domain/error.ts";

/**
 * Limits for one document, whatever its variables. Each is several times what people and gateways send, introspection
 * included. They bound the work of validation and execution; errors do not name them.
 */
export const DOCUMENT_LIMITS = {
  operations: 20,
  fragments: 100,
  /** Of named fragments. */
  spreads: 200,
  aliases: 100,
  directives: 100,
  /** Levels of fields. */
  depth: 20,
  /** Fields of the root that one operation returns. */
  rootFields: 100,
  /** Fields and fragments of an operation, each fragment counted wherever it is spread. */
  selections: 5_000,
  /**
   * Pairs of fields with the same path of an operation: validation compares every one of them with every other, in all
   * of their subfields.
   */
  pairs: 5_000,
} as const;
type Limit = keyof typeof DOCUMENT_LIMITS;

const TOO_MANY: Readonly<Record<Limit, string>> = {
  operations: "the document has too many operations",
  fragments: "the document has too many fragments",
  spreads: "the document spreads fragments too often",
  aliases: "the document has too many aliases",
  directives: "the document has too many directives",
  depth: "the operation is nested too deep",
  rootFields: "the operation has too many root fields",
  selections: "the operation has too many fields once its fragments are expanded",
  pairs: "the operation selects the same fields too often",
};

/**
 * Fields of the root that one operation may request once: the SDL and the schema, a hundred kilobytes each and the same
 * every time.
 */
const ONCE_PER_OPERATION: readonly string[] = ["_service", "__schema", "__type"];
const INTROSPECTION: readonly string[] = ["__schema", "__type"];

export interface LimitOptions {
  /** Whether operations may ask for the schema. */
  readonly introspection: boolean;
}

/**
 * Counts what a parsed document contains as it is written: one pass, without expanding fragments.
 * @throws ServiceError INVALID_INPUT naming what there is too much of
 */
export function limitDocument({ definitions }: DocumentNode): void {
  const count = createCounter();
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) count("operations", 1);
    else if (definition.kind === Kind.FRAGMENT_DEFINITION) count("fragments", 1);
    count("directives", directivesOf(definition));
    if ("selectionSet" in definition) countSelections(definition.selectionSet, count);
  }
}

function directivesOf(definition: DefinitionNode): number {
  const variables = "variableDefinitions" in definition ? (definition.variableDefinitions ?? []) : [];
  const own = "directives" in definition ? (definition.directives?.length ?? 0) : 0;
  return variables.reduce((sum, { directives }) => sum + (directives?.length ?? 0), own);
}

function countSelections({ selections }: SelectionSetNode, count: Counter): void {
  for (const selection of selections) {
    count("directives", selection.directives?.length ?? 0);
    if (selection.kind === Kind.FRAGMENT_SPREAD) count("spreads", 1);
    else if (selection.kind === Kind.FIELD && selection.alias !== undefined) count("aliases", 1);
    if ("selectionSet" in selection && selection.selectionSet) countSelections(selection.selectionSet, count);
  }
}

/**
 * Limits what every operation of a document selects once its fragments are expanded, and how much validation compares:
 * fields of the same path are visited together, level by level, as execution merges them. Ends as soon as a limit is
 * exceeded, so its work is bounded by the limits.
 * @param document without fragment cycles
 * @throws ServiceError INVALID_INPUT naming what there is too much of | FORBIDDEN (introspection)
 */
export function limitOperations({ definitions }: DocumentNode, options: LimitOptions): void {
  const all = definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  const fragments = new Map(all.map((fragment) => [fragment.name.value, fragment]));
  for (const definition of definitions) {
    if (definition.kind === Kind.OPERATION_DEFINITION) limitOperation(definition, fragments, options);
  }
}

function limitOperation(operation: OperationDefinitionNode, fragments: Fragments, options: LimitOptions): void {
  const count = createCounter();

  function visitLevel(sets: readonly SelectionSetNode[], depth: number, parent: string | undefined): void {
    if (sets.length === 0) return;
    if (depth > DOCUMENT_LIMITS.depth) throw tooMany("depth");
    const fields = new Map<string, FieldNode[]>();
    for (const set of sets) collectFields(set, fields, fragments, count);
    if (depth === 1) limitRoot(fields, count, options);
    if (parent === "_service") requireOnce(fields, "sdl");
    for (const same of fields.values()) {
      count("pairs", (same.length * (same.length - 1)) / 2);
      const inner = same.flatMap(({ selectionSet }) => selectionSet ?? []);
      visitLevel(inner, depth + 1, same[0]?.name.value);
    }
  }

  visitLevel([operation.selectionSet], 1, undefined);
}

/** Adds the fields of a selection set by the name that they have in the response. */
function collectFields(set: SelectionSetNode, fields: Map<string, FieldNode[]>, fragments: Fragments, count: Counter) {
  for (const selection of set.selections) {
    count("selections", 1);
    if (selection.kind === Kind.FIELD) {
      const name = selection.alias?.value ?? selection.name.value;
      const same = fields.get(name);
      if (same === undefined) fields.set(name, [selection]);
      else same.push(selection);
      continue;
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (fragment !== undefined) collectFields(fragment.selectionSet, fields, fragments, count);
  }
}

function limitRoot(fields: Fields, count: Counter, { introspection }: LimitOptions): void {
  count("rootFields", fields.size);
  for (const name of ONCE_PER_OPERATION) requireOnce(fields, name);
  const names = [...fields.values()].flat().map((field) => field.name.value);
  if (!introspection && names.some((name) => INTROSPECTION.includes(name)))
    throw new ServiceError("FORBIDDEN", "introspection is switched off");
}

function requireOnce(fields: Fields, name: string): void {
  const results = [...fields.values()].filter((same) => same.some((field) => field.name.value === name));
  if (results.length > 1) {
    throw new ServiceError("INVALID_INPUT", `the operation may request ${name} once, got ${results.length} aliases`);
  }
}

/** Fields by the name that they have in the response. */
type Fields = ReadonlyMap<string, readonly FieldNode[]>;
type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
type Counter = (limit: Limit, amount: number) => void;

function createCounter(): Counter {
  const counts = new Map<Limit, number>();
  return (limit, amount) => {
    const sum = (counts.get(limit) ?? 0) + amount;
    if (sum > DOCUMENT_LIMITS[limit]) throw tooMany(limit);
    counts.set(limit, sum);
  };
}

function tooMany(limit: Limit): ServiceError {
  return new ServiceError("INVALID_INPUT", TOO_MANY[limit]);
}
