import {
  type ASTNode,
  type DocumentNode,
  type ExecutionArgs,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  visit,
} from "graphql";
import { hash } from "node:crypto";
import type { Principal } from "../../../resolvers/principal.ts";

/** A subscription as it is executed, without the context. */
export type SubscriptionArgs = Omit<ExecutionArgs, "contextValue" | "rootValue">;

/**
 * Returns a text that is equal for subscriptions whose events have equal results: those with the same document,
 * operation, tenant and scopes, which are all that the resolvers of an event use of its caller, and the same variables.
 * Variables that are only arguments of the root field (`after`, `filter`) select events and do not change what an event
 * contains, so they are not part of the identity.
 */
export function identityOf(args: SubscriptionArgs, { tenantId, scopes }: Principal): string {
  const { document, operationName } = args;
  const variables = args.variableValues ?? {};
  const names = namesInContent(document, operationName).filter((name) => Object.hasOwn(variables, name));
  const values = names.map((name) => [name, variables[name]]);
  return hash("sha256", JSON.stringify([numberOf(document), operationName, tenantId, [...scopes].sort(), values]));
}

/** Number of each document. Equal texts are one document while the gate caches it. */
const numbers = new WeakMap<DocumentNode, number>();
let documents = 0;

function numberOf(document: DocumentNode): number {
  const number = numbers.get(document) ?? (documents += 1);
  numbers.set(document, number);
  return number;
}

const contents = new WeakMap<OperationDefinitionNode, readonly string[]>();

/** Returns the names of the variables that an event's content may depend on, sorted. */
function namesInContent(document: DocumentNode, operationName: string | null | undefined): readonly string[] {
  const operation = getOperationAST(document, operationName);
  if (!operation) return [];
  const names = contents.get(operation) ?? findNames(document, operation);
  contents.set(operation, names);
  return names;
}

/** Fragments count completely: one on the root type may also contain the root field. */
function findNames(document: DocumentNode, operation: OperationDefinitionNode): readonly string[] {
  const names = new Set<string>();
  const addNames = (node: ASTNode): void =>
    void visit(node, { Variable: (variable) => void names.add(variable.name.value) });
  for (const directive of operation.directives ?? []) addNames(directive);
  for (const selection of operation.selectionSet.selections) {
    if (selection.kind === Kind.FIELD) addNames({ ...selection, arguments: [] });
    else addNames(selection);
  }
  for (const definition of document.definitions) if (definition !== operation) addNames(definition);
  return [...names].sort();
}

const MAX_AGE = "maxAge";

/** Returns true if events may be executed together: none of their fields asks for fresh data of an upstream. */
export function mayShareLoaders(document: DocumentNode): boolean {
  let isStored = true;
  visit(document, { Argument: ({ name }) => void (isStored &&= name.value !== MAX_AGE) });
  return isStored;
}
