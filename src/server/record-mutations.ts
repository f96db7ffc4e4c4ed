import { defaultFieldResolver, type GraphQLField, type GraphQLSchema, Kind } from "graphql";
import type { Context } from "../../resolvers/context.ts";
import type { Principal } from "../../resolvers/principal.ts";
import { requireOneOf } from "../../resolvers/require-scope.ts";
import type { AuditTrail } from "../audit/audit-trail.ts";
import type { AuditPrincipal } from "../audit/entry.ts";
import { codeOf, type RequestedAction } from "../audit/record-action.ts";
import { currentTraceId } from "../runtime/tracing.ts";
import { requiredScopes } from "./enforce-scopes.ts";
import type { OnRefused } from "./graphql/prepare-operation.ts";
import { ATOMIC_MUTATIONS, subjectOfArguments, subjectOfResult } from "./mutation-subjects.ts";
import { recordedArguments } from "./recorded-arguments.ts";

/**
 * Makes every field of the schema's mutations record its calls: those that exist, and those that will be added. It is
 * the outermost part of the field, so a call is recorded that its scopes refuse.
 */
export function recordMutations(schema: GraphQLSchema, trail: AuditTrail): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) wrap(field, trail);
}

function wrap(field: GraphQLField<unknown, Context>, trail: AuditTrail): void {
  const { resolve = defaultFieldResolver } = field;
  const required = requiredScopes(field);
  const isAtomic = ATOMIC_MUTATIONS.has(field.name);
  field.resolve = async (parent, args: Readonly<Record<string, unknown>>, context, info) => {
    const requested: RequestedAction = {
      ...callOf(context),
      action: actionOf(field.name),
      arguments: recordedArguments(field.args, args),
      subject: subjectOfArguments(field, args),
    };
    try {
      if (required !== undefined) requireOneOf(context.principal, required);
    } catch (reason) {
      await trail.refuse(requested, codeOf(reason));
      throw reason;
    }
    const subjectOf = (result: unknown) => subjectOfResult(field, result);
    return await trail.record(
      requested,
      { isAtomic, subjectOf },
      async () => await resolve(parent, args, context, info),
    );
  };
}

/**
 * Returns what the gate calls with an operation that it refuses: the fields of a mutation are recorded without their
 * arguments, because values of a wrong type have nothing that says whether they are secrets.
 */
export function createRefusalRecorder(trail: AuditTrail): OnRefused {
  return (operation, principal, reason) => {
    if (operation.operation !== "mutation") return;
    const traceId = currentTraceId();
    const caller = { tenantId: principal.tenantId, principal: auditPrincipal(principal), traceId, arguments: {} };
    for (const field of operation.selectionSet.selections) {
      if (field.kind !== Kind.FIELD) continue;
      // It never rejects.
      void trail.refuse({ ...caller, action: actionOf(field.name.value) }, inputCode(codeOf(reason)));
    }
  };
}

/** Errors about types have no code of ours before they are formatted. */
function inputCode(code: string): string {
  return code === "INTERNAL" ? "BAD_USER_INPUT" : code;
}

function actionOf(mutation: string): string {
  return `mutation.${mutation}`;
}

function callOf({ principal, requestId, remoteAddress }: Context) {
  return {
    tenantId: principal.tenantId,
    principal: auditPrincipal(principal),
    requestId,
    traceId: currentTraceId(),
    remoteAddress,
  };
}

/** The caller as the audit trail records it. */
export function auditPrincipal({ subject, scopes, apiKeyId, expiresAtMs }: Principal): AuditPrincipal {
  // Only the development principal never expires.
  const kind = apiKeyId !== undefined ? "API_KEY" : expiresAtMs === undefined ? "DEVELOPMENT" : "TOKEN";
  return { kind, subject, scopes: [...scopes] };
}
