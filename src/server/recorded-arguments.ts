import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
} from "graphql";
import type { Plain } from "../audit/entry.ts";

/**
 * Fields of inputs that may have credentials, by type. A test compares them with the SDL: every field whose name sounds
 * like a credential is here or in `PLAIN_INPUTS`.
 */
export const SECRET_INPUTS: readonly string[] = [
  "ConnectSourceInput.settings",
  "UpdateSourceInput.settings",
  "UpdateSourceCredentialsInput.credentials",
  // The address of a chat's webhook is its credential.
  "CreateAlertEndpointInput.url",
  "UpdateAlertEndpointInput.url",
];

/** Fields whose names sound like a credential and that are none. */
export const PLAIN_INPUTS: readonly string[] = ["idempotencyKey"];

/** Stands for a value that is not recorded. */
export const REDACTED = "[redacted]";

/** Scalars whose values are recorded; any other one, such as JSON, is opaque and may have anything. */
const RECORDED_SCALARS: ReadonlySet<string> = new Set([
  "BigInt",
  "Boolean",
  "CurrencyCode",
  "Date",
  "DateTime",
  "Decimal",
  "EventCursor",
  "Float",
  "ID",
  "Int",
  "String",
]);

/**
 * Returns the arguments of a mutation for the audit trail. What is left out is decided by the types, never by the values:
 * a secret in a field that is meant for one is not recorded, whatever it looks like.
 */
export function recordedArguments(
  parameters: readonly GraphQLArgument[],
  given: Readonly<Record<string, unknown>>,
): Plain {
  return membersOf("Mutation", parameters, given);
}

function membersOf(
  owner: string,
  fields: readonly (GraphQLArgument | GraphQLInputField)[],
  given: Readonly<Record<string, unknown>>,
): Plain {
  const present = fields.filter(({ name }) => given[name] !== undefined);
  return Object.fromEntries(
    present.map(({ name, type }) => [
      name,
      SECRET_INPUTS.includes(`${owner}.${name}`) && given[name] !== null ? REDACTED : recorded(type, given[name]),
    ]),
  );
}

function recorded(type: GraphQLInputType, value: unknown): Plain {
  if (isNonNullType(type)) return recorded(type.ofType, value);
  if (value === null || value === undefined) return null;
  if (isListType(type)) {
    return Array.isArray(value) ? value.map((item) => recorded(type.ofType, item)) : [recorded(type.ofType, value)];
  }
  if (isInputObjectType(type))
    return membersOf(type.name, Object.values(type.getFields()), value as Record<string, unknown>); // coerced by it
  if (isEnumType(type) || RECORDED_SCALARS.has(type.name)) return plain(value);
  return REDACTED;
}

function plain(value: unknown): Plain {
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "number") return value;
  return String(value);
}
