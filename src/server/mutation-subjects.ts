import { getNamedType, type GraphQLField, isObjectType } from "graphql";
import type { AuditSubject } from "../audit/entry.ts";

/** How a mutation names what it acts on. */
interface SubjectRule {
  readonly type: string;
  /** Path of its id in the arguments, or in the result. */
  readonly path: readonly string[];
  readonly isInResult?: true;
}

/** Rules that do not follow from the names in the SDL. */
const RULES: Readonly<Record<string, SubjectRule>> = {
  cancelSync: { type: "SYNC_RUN", path: ["runId"] },
  connectSource: { type: "SOURCE", path: ["input", "id"] },
  createApiKey: { type: "API_KEY", path: ["apiKey", "id"], isInResult: true },
};

/**
 * Mutations whose whole effect is one transaction of the tenant, which their row is a part of. A test compares the
 * transaction of each with that of its row. Any other mutation has a row before it and one after it.
 */
export const ATOMIC_MUTATIONS: ReadonlySet<string> = new Set([
  "cancelEvidencePack",
  "cancelSync",
  "createEvidencePack",
  "disconnectSource",
  "discardDelivery",
  "discardDeliveries",
  "discardManyQuarantined",
  "discardQuarantined",
  "pauseSource",
  "replayDelivery",
  "resumeSource",
  "revokeApiKey",
  "startSync",
]);

/** A field of `Mutation`, as far as it names its subject. */
type MutationField = Pick<GraphQLField<unknown, unknown>, "name" | "type">;

/** Returns what a mutation acts on, as far as its arguments name one object. */
export function subjectOfArguments(
  field: MutationField,
  given: Readonly<Record<string, unknown>>,
): AuditSubject | undefined {
  const rule = RULES[field.name];
  if (rule?.isInResult === true) return undefined;
  if (rule !== undefined) return subjectAt(rule, given);
  const type = getNamedType(field.type);
  if (typeof given["id"] === "string") return { type: upperSnake(type.name), id: given["id"] };
  const input = given["input"];
  const named = { ...(isRecord(input) ? input : {}), ...given };
  const [name, id] = Object.entries(named).find(([key, value]) => /.Id$/.test(key) && typeof value === "string") ?? [];
  return name === undefined ? undefined : { type: upperSnake(name.slice(0, -2)), id: String(id) };
}

/** Returns what a mutation has created, where its result names it. */
export function subjectOfResult(field: MutationField, result: unknown): AuditSubject | undefined {
  const rule = RULES[field.name];
  if (rule?.isInResult === true) return isRecord(result) ? subjectAt(rule, result) : undefined;
  if (!isRecord(result)) return undefined;
  const type = getNamedType(field.type);
  if (typeof result["id"] === "string") return { type: upperSnake(type.name), id: result["id"] };
  if (!isObjectType(type)) return undefined;
  // A payload: its first object with an id.
  for (const [name, { type: memberType }] of Object.entries(type.getFields())) {
    const member = result[name];
    if (isRecord(member) && typeof member["id"] === "string")
      return { type: upperSnake(getNamedType(memberType).name), id: member["id"] };
  }
  return undefined;
}

function subjectAt({ type, path }: SubjectRule, from: Readonly<Record<string, unknown>>): AuditSubject | undefined {
  const id = path.reduce<unknown>((value, name) => (isRecord(value) ? value[name] : undefined), from);
  return typeof id === "string" ? { type, id } : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** `ApiKey` → `API_KEY` */
function upperSnake(name: string): string {
  return name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toUpperCase();
}
