import {
  type DocumentNode,
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type FragmentDefinitionNode,
  getOperationAST,
  getVariableValues,
  type GraphQLSchema,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
} from "graphql";
import { takeCoerced } from "../coerced-variables.ts";
import { executePlan } from "./execute.ts";
import { createFieldErrors } from "./field-errors.ts";
import {
  conditionNames,
  planSelection,
  type PlanSource,
  type Resolvers,
  resolversOf,
  type SelectionPlan,
} from "./operation-plan.ts";

/** Executes operations like graphql-js's `execute`, which resolves or returns the result and never rejects. */
export type Execute = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

interface DocumentPlans {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  /** Variables that decide which fields are selected. */
  readonly conditionNames: readonly string[];
  /** By operation and values of those variables. */
  readonly plans: Map<string, OperationPlan>;
}

interface OperationPlan {
  readonly source: PlanSource;
  readonly root: SelectionPlan;
}

/** Plans of one document: an operation with many conditions, each different, would otherwise fill the memory. */
const MAX_PLANS = 8;

/**
 * Creates the executor of a schema. What an operation selects is worked out once for each document, which must be valid,
 * and not again for each object: so plans live as long as the document is cached.
 */
export function createExecutor(schema: GraphQLSchema): Execute {
  const documents = new WeakMap<DocumentNode, DocumentPlans>();
  const resolvers = resolversOf(schema);
  // Only graphql-js checks the objects of such types.
  const isPlanned = Object.values(schema.getTypeMap()).every((type) => !isObjectType(type) || !type.isTypeOf);

  function plansOf(document: DocumentNode): DocumentPlans {
    let plans = documents.get(document);
    if (plans === undefined) documents.set(document, (plans = createPlans(document)));
    return plans;
  }

  return (args) => {
    const { document, operationName, variableValues, contextValue, rootValue } = args;
    const operation = getOperationAST(document, operationName);
    const type = operation && schema.getRootType(operation.operation);
    if (!isPlanned || !operation || !type) return execute({ ...args, schema });
    const given = variableValues ?? {};
    const kept = takeCoerced(given, operation);
    const definitions = operation.variableDefinitions ?? [];
    const coercion = { maxErrors: 50 };
    const found = kept === undefined ? getVariableValues(schema, definitions, given, coercion) : { coerced: kept };
    if (found.coerced === undefined) return { errors: found.errors };
    const variables = found.coerced;
    const { source, root } = planOf({ schema, resolvers }, plansOf(document), operation, variables);
    return executePlan(
      {
        source,
        operation,
        variables,
        contextValue,
        rootValue,
        errors: createFieldErrors(),
        args: new Map(),
        pending: 0,
        onSettled: undefined,
        isNull: false,
      },
      root,
    );
  };
}

function createPlans(document: DocumentNode): DocumentPlans {
  const fragments = document.definitions.filter((definition) => definition.kind === Kind.FRAGMENT_DEFINITION);
  return {
    fragments: new Map(fragments.map((fragment) => [fragment.name.value, fragment])),
    conditionNames: conditionNames(document),
    plans: new Map(),
  };
}

function planOf(
  { schema, resolvers }: { readonly schema: GraphQLSchema; readonly resolvers: Resolvers },
  { plans, fragments, conditionNames: names }: DocumentPlans,
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): OperationPlan {
  const conditions = Object.fromEntries(names.map((name) => [name, variables[name]]));
  const key = JSON.stringify([operation.name?.value, conditions]);
  const known = plans.get(key);
  if (known !== undefined) return known;
  const type = schema.getRootType(operation.operation);
  if (!type) throw new Error("the operation has a root type");
  const source: PlanSource = { schema, resolvers, fragments, conditions };
  const plan = { source, root: planSelection(source, type, [operation.selectionSet]) };
  if (plans.size >= MAX_PLANS) plans.clear();
  plans.set(key, plan);
  return plan;
}
