import {
  getNamedType,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLObjectType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isUnionType,
} from "graphql";
import { loadSchema } from "../../../src/server/load-schema.ts";
import { isWorldType, TENANTS, worldId, type WorldType } from "../list-world.ts";
import { apiKeyOf, externalIdOf, MATCHED, TENANT_IDS } from "./tenant-objects.ts";

const schema = loadSchema();
export const [OWN, OTHER] = TENANTS;

/** Idempotency key of a run of a tenant. */
export const keyOf = (name: string): string => `key of ${name}`;

export type Whose = "own" | "foreign" | "unknown";
export const tenantOf = (whose: Whose) => (whose === "foreign" ? OTHER : OWN);
const numberOf = (whose: Whose, n: number) => (whose === "unknown" ? 900_000 + n : n);

export function idOf(type: string, whose: Whose): string {
  if (type === "Source") return whose === "unknown" ? "nobody-main" : `${tenantOf(whose)}-main`;
  const alertPrefix = TENANT_IDS[type];
  if (alertPrefix !== undefined) return `${alertPrefix}_${whose === "unknown" ? "nobody" : tenantOf(whose)}`;
  if (type === "EvidencePack") return `evp_${whose === "unknown" ? "nobody" : tenantOf(whose)}`;
  if (type === "ApiKey") return apiKeyOf(whose === "unknown" ? "nobody" : tenantOf(whose));
  if (!isWorldType(type)) throw new Error(`objects of ${type} have no id in the test's data`);
  return worldId(tenantOf(whose), type, numberOf(whose, 1));
}

/** Type of the ids that an argument takes; `returned`: the type that the field returns. */
type IdArgument = WorldType | "Source" | "AlertEndpoint" | "matched payout" | "returned" | "externalId";

/** Types of the ids that arguments and input fields take, by name. */
const ID_ARGUMENTS: Readonly<Record<string, IdArgument>> = {
  account: "Account",
  bankTransactionIds: "BankTransaction",
  debtor: "Party",
  creditor: "Party",
  destination: "Account",
  payment: "Payment",
  endpointId: "AlertEndpoint",
  endpointIds: "AlertEndpoint",
  entityIds: "Payment",
  externalId: "externalId",
  id: "returned",
  ids: "returned",
  payoutId: "matched payout",
  payoutIds: "Payout",
  subjectId: "Source",
  findingId: "Finding",
  fromSourceId: "Source",
  toSourceId: "Source",
  runId: "SyncRun",
  runIds: "SyncRun",
  sourceId: "Source",
  sourceIds: "Source",
  statement: "Statement",
};

/** Texts that only one tenant has, by the name of the input field; `null`: a text that identifies nothing. */
const TEXTS: Readonly<Record<string, ((whose: Whose) => string) | null>> = {
  action: (whose) => `${whose === "unknown" ? "nobody" : tenantOf(whose)}.action`,
  after: null, // see "cursors"
  before: null, // as `after`
  bucket: null, // names in the settings of a source, as the next one
  connector: null,
  fromAccount: null, // ids of accounts at the source, compared with the payouts of the caller's tenant alone
  toAccount: null,
  names: null,
  every: null, // an interval in the settings of a source
  email: (whose) => `c1@${whose === "unknown" ? "nobody" : tenantOf(whose)}.example`,
  errorCodes: (whose) => (whose === "unknown" ? "nobody_COMMON" : `${tenantOf(whose)}_COMMON`),
  eventTypes: (whose) => (whose === "unknown" ? "nobody.common" : `${tenantOf(whose)}.common`),
  idempotencyKey: (whose) => keyOf(whose === "unknown" ? "nobody" : tenantOf(whose)),
  kind: null, // codes of findings
  method: null,
  name: (whose) => (whose === "unknown" ? "nobodyonly" : `${tenantOf(whose)}only`),
  networks: null,
  paths: (whose) => (whose === "unknown" ? "nobody.common" : `${tenantOf(whose)}.common`),
  platform: null, // of the settings file: test/integration/sources/platform-sources.test.ts
  principal: (whose) => (whose === "unknown" ? "nobody" : tenantOf(whose)),
  reason: null,
  schedule: null,
  search: (whose) => (whose === "unknown" ? "nobody-main" : `${tenantOf(whose)}-main`),
  reference: (whose) => (whose === "unknown" ? "nobody-only" : `${tenantOf(whose)}-only`),
  subjectType: (whose) => `${whose === "unknown" ? "nobody" : tenantOf(whose)}-type`,
  streams: null, // names in the settings of a source
  url: null,
  text: (whose) => (whose === "unknown" ? "nobodyonly" : `${tenantOf(whose)}only`),
};

/** Required arguments beside the one that is tested. */
const REQUIRED: Readonly<Record<string, unknown>> = {
  bankTransactionIds: [worldId(OWN, "BankTransaction", 1)],
  bucket: "account",
  connector: "stripe",
  credentials: {},
  currency: "EUR",
  data: "KEEP",
  expiresAt: "2020-01-01T00:00:00Z", // refused: a new key has another id and secret each time
  externalId: "only-acme",
  filter: {},
  fromSourceId: `${OWN}-main`,
  toSourceId: `${OWN}-rare`,
  amount: "1",
  from: new Date(Date.now() - 600_000).toISOString(),
  id: "new-source",
  name: "new",
  maxAge: 2_000_000_000, // every stored object is fresh enough
  names: ["EVENTS"],
  payoutIds: [worldId(OWN, "Payout", 1)],
  perSecond: 1,
  reason: "no longer needed",
  scopes: ["READ"],
  to: new Date().toISOString(),
  until: new Date(Date.now() + 600_000).toISOString(),
  url: "ftp://refused.example", // a new endpoint has another id and secret each time
  settings: {}, // refused: whether an id is in use is tested in test/integration/sources/connect.test.ts
  sourceId: `${OWN}-main`,
};

/** Fields beside the tested one with which the caller's own value selects something; by mutation and input type. */
const BESIDE: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>> = {
  replayDeliveries: { DeliveryFilter: { status: ["APPLIED"] }, ReplayDeliveriesInput: { limit: 1 } },
  discardDeliveries: { DiscardDeliveriesInput: { limit: 1 } },
  discardManyQuarantined: { DiscardManyQuarantinedInput: { limit: 1 } },
  replayManyQuarantined: { ReplayManyQuarantinedInput: { limit: 1 } },
  // A comparison is of whole days, of which the last one is excluded.
  reconcile: { ReconcileInput: { from: new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 10) } },
  updateAlertEndpoint: { UpdateAlertEndpointInput: { id: `ale_${OWN}` } },
};

type Input = GraphQLArgument | GraphQLInputField;
/** An argument, or a field of one, that may name something of a tenant. */
export interface Probe {
  readonly name: string;
  /** Its value within the arguments of the field. */
  readonly argumentsFor: (whose: Whose) => Readonly<Record<string, unknown>>;
}

export function probesOf(field: GraphQLField<unknown, unknown>): Probe[] {
  return field.args.flatMap((argument) =>
    valuesAt(argument, field).map(({ path, valueFor }) => ({
      name: [field.name, argument.name, ...path].join("."),
      argumentsFor: (whose: Whose) => ({ ...requiredBeside(field.args, argument), [argument.name]: valueFor(whose) }),
    })),
  );
}

interface ValueAt {
  readonly path: readonly string[];
  readonly valueFor: (whose: Whose) => unknown;
}

/** The ids and texts within an argument or an input field. */
function valuesAt(input: Input, field: GraphQLField<unknown, unknown>): ValueAt[] {
  const type = getNamedType(input.type);
  const isList = isListType(isNonNullType(input.type) ? input.type.ofType : input.type);
  const listed = (value: unknown): unknown => (isList ? [value] : value);
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return fields.flatMap((inner) =>
      valuesAt(inner, field).map(({ path, valueFor }) => ({
        path: [inner.name, ...path],
        valueFor: (whose: Whose) =>
          listed({
            ...requiredBeside(fields, inner),
            ...BESIDE[field.name]?.[type.name],
            [inner.name]: valueFor(whose),
          }),
      })),
    );
  }
  if (type.name === "ID") {
    const named = ID_ARGUMENTS[input.name];
    if (named === undefined) throw new Error(`${field.name}: name the type of the id ${input.name} in ID_ARGUMENTS`);
    return idTypes(named, field).map((idType) => ({
      path: idType.path,
      valueFor: (whose: Whose) => listed(idType.valueFor(whose)),
    }));
  }
  if (type.name !== "String") return [];
  const text = TEXTS[input.name];
  if (text === undefined) throw new Error(`${field.name}: name what the text ${input.name} identifies in TEXTS`);
  return text === null ? [] : [{ path: [], valueFor: (whose) => listed(text(whose)) }];
}

function idTypes(named: string, field: GraphQLField<unknown, unknown>): ValueAt[] {
  if (named === "externalId") {
    return [{ path: [], valueFor: (whose) => externalIdOf(whose === "unknown" ? "nobody" : tenantOf(whose)) }];
  }
  if (named === "matched payout") {
    return [{ path: [], valueFor: (whose) => worldId(tenantOf(whose), "Payout", numberOf(whose, MATCHED)) }];
  }
  if (named !== "returned") return [{ path: [], valueFor: (whose) => idOf(named, whose) }];
  const type = returnedType(field);
  if (!isInterfaceType(type)) return [{ path: [], valueFor: (whose) => idOf(type.name, whose) }];
  // `node` and `nodes` return objects of every type.
  return schema
    .getPossibleTypes(type)
    .map(({ name }) => ({ path: [name], valueFor: (whose: Whose) => idOf(name, whose) }));
}

/** The type that a field returns; for the payload of a mutation, the type of its objects. */
function returnedType(field: GraphQLField<unknown, unknown>) {
  const type = getNamedType(field.type);
  if (!isObjectType(type) || type.getInterfaces().length > 0 || TENANT_IDS[type.name] !== undefined) return type;
  const inner = Object.values(type.getFields()).map((one) => getNamedType(one.type));
  return inner.find((one) => isObjectType(one) && one.getInterfaces().length > 0) ?? type;
}

function requiredBeside(inputs: readonly Input[], tested: Input): Readonly<Record<string, unknown>> {
  const required = inputs.filter(
    (input) => input !== tested && isNonNullType(input.type) && input.defaultValue === undefined,
  );
  return Object.fromEntries(
    required.map((input) => {
      const value = REQUIRED[input.name];
      if (value === undefined) throw new Error(`name a value of the required ${input.name} in REQUIRED`);
      return [
        input.name,
        getNamedType(input.type).name === "Date" && typeof value === "string" ? value.slice(0, 10) : value,
      ];
    }),
  );
}

/** Fields of a type with their required arguments alone, `depth` levels of objects deep. */
export function selectionOf(type: unknown, depth: number): string {
  if (isUnionType(type) || isInterfaceType(type)) {
    const types = schema.getPossibleTypes(type);
    const selection = (one: GraphQLObjectType): string =>
      depth > 0 ? aliased(one.name, selectionOf(one, depth), ambiguousIn(types)) : "__typename";
    return `__typename ${types.map((one) => `... on ${one.name} { ${selection(one)} }`).join(" ")}`;
  }
  if (!isObjectType(type)) return "__typename";
  const fields = Object.values(type.getFields()).flatMap((field) => {
    const named = getNamedType(field.type);
    const required = field.args
      .filter(isRequiredArgument)
      .map((argument) => `${argument.name}: ${literalOf(argument)}`);
    const call = required.length > 0 ? `${field.name}(${required.join(", ")})` : field.name;
    if (isLeafType(named)) return [call];
    return depth > 1 ? [`${call} { ${selectionOf(named, depth - 1)} }`] : [];
  });
  return ["__typename", ...fields].join(" ");
}

/** The value of a required argument in the text of an operation. */
function literalOf({ name, type }: GraphQLArgument): string {
  return getNamedType(type).name === "CurrencyCode" ? JSON.stringify(REQUIRED[name]) : String(REQUIRED[name]);
}

/** Names that fields of different types have in several object types: one answer cannot contain them. */
function ambiguousIn(types: readonly GraphQLObjectType[]): ReadonlySet<string> {
  const seen = new Map<string, string>();
  const fields = types.flatMap((type) => Object.values(type.getFields()));
  return new Set(
    fields.flatMap(({ name, type }) => {
      const other = seen.get(name) ?? String(type);
      seen.set(name, other);
      return other === String(type) ? [] : [name];
    }),
  );
}

function aliased(type: string, selection: string, ambiguous: ReadonlySet<string>): string {
  let level = 0;
  return selection.replaceAll(/[{}]|\b\w+\b/g, (word) => {
    if (word === "{" || word === "}") level += word === "{" ? 1 : -1;
    return level === 0 && ambiguous.has(word) ? `${type}_${word}: ${word}` : word;
  });
}

export function operationOf(kind: "query" | "mutation", field: GraphQLField<unknown, unknown>): string {
  const variables = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(", ");
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(", ");
  const type = getNamedType(field.type);
  const depth = isInterfaceType(type) ? 1 : 2;
  return `${kind} (${variables}) { ${field.name}(${passed}) { ${selectionOf(type, depth)} } }`;
}
