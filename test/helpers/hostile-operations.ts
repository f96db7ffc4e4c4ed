import { getIntrospectionQuery } from "graphql";

/** An operation as a client sends it. */
export interface SentOperation {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const times = (count: number, text: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => text(index)).join(" ");

/** One ligature that becomes 18 letters when it is normalised: U+FDFA. */
const LIGATURE = "\ufdfa";

/** A field of one name, `width` times on each of `levels` levels. */
const nestedSameFields = (width: number, levels: number): string =>
  levels === 0 ? "id" : times(width, () => `refunds { nodes { payment { ${nestedSameFields(width, levels - 1)} } } }`);

const fragmentChain = (count: number): string =>
  times(count, (index) => {
    const next = index === count - 1 ? "id" : `...F${index + 1}`;
    return `fragment F${index} on Payment { id ${next} }`;
  });

/** Each fragment spreads the next one twice: 2^count fields. */
const doublingFragments = (count: number): string =>
  times(count, (index) => {
    const next = index === count - 1 ? "id" : `...F${index + 1}`;
    const page = `refunds(first: 1) { nodes { payment { ${next} } } }`;
    return `fragment F${index} on Payment { a: ${page} b: ${page} }`;
  });

const lists = (depth: number): string =>
  depth === 0 ? "id" : `id account { ledgerEntries(first: 100) { nodes { ${lists(depth - 1)} } } }`;

const representations = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ __typename: "Payment", id: `pay_${index}` }));

const ENTITIES = "query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename } }";

/** Operations that cost a server without limits much more than their sender. Every one of them must be refused. */
export const HOSTILE_OPERATIONS = {
  "800 aliases of the SDL": () => ({ query: `{ ${times(800, (n) => `a${n}: _service { sdl }`)} }` }),
  "the SDL twice": () => ({ query: "{ a: _service { sdl } b: _service { sdl } }" }),
  "480 aliases of __schema in a fragment": () => ({
    query: `{ ...F } fragment F on Query { ${times(480, (n) => `a${n}: __schema { types { name } }`)} }`,
  }),
  "__schema twice through fragments": () => ({
    query: `{ ...A ...B } fragment A on Query { a: __schema { types { name } } } fragment B on Query { b: __schema { types { name } } }`,
  }),
  "80 aliases of all types in one __schema": () => ({
    query: `{ __schema { ${times(80, (n) => `a${n}: types { name description fields { name description args { name description } } }`)} } }`,
  }),
  "800 fields of one name": () => ({ query: `{ ${times(800, () => "payments { __typename }")} }` }),
  "fields of one name in each other": () => ({ query: `{ payments { nodes { ${nestedSameFields(7, 3)} } } }` }),
  "400 chained fragments": () => ({ query: `{ payments { nodes { ...F0 } } } ${fragmentChain(400)}` }),
  "100 doubling fragments": () => ({ query: `{ payments { nodes { ...F0 } } } ${doublingFragments(100)}` }),
  "a fragment cycle": () => ({
    query: "{ payments { nodes { ...A } } } fragment A on Payment { ...B } fragment B on Payment { ...A }",
  }),
  "a depth of 10,000": () => ({ query: `${times(10_000, () => "{a")} ${"}".repeat(10_000)}` }),
  "1,000 aliases": () => ({ query: `{ ${times(1_000, (n) => `a${n}: __typename`)} }` }),
  "10,000 directives": () => ({ query: `{ __typename ${times(10_000, () => "@a")} }` }),
  "a text of one megabyte": () => ({ query: `{ ${"__typename ".repeat(90_000)} }` }),
  "1,000 unknown fields": () => ({ query: `{ ${times(1_000, (n) => `paymentz${n}`)} }` }),
  "lists in lists in lists": () => ({ query: `{ ledgerEntries(first: 100) { nodes { ${lists(2)} } } }` }),
  "400 aliases of a mutation": () => ({
    query: `mutation { ${times(400, (n) => `a${n}: pauseSource(id: "${n}") { id }`)} }`,
  }),
  "90 aliases of a mutation": () => ({
    query: `mutation { ${times(90, (n) => `a${n}: pauseSource(id: "${n}") { id }`)} }`,
  }),
  "a filter text of 200,000 ligatures": () => ({
    query: "query ($text: String) { bankTransactions(filter: { text: $text }) { nodes { id } } }",
    variables: { text: LIGATURE.repeat(200_000) },
  }),
  "22,000 representations": () => ({ query: ENTITIES, variables: { representations: representations(22_000) } }),
  "five times 1,900 representations": () => ({
    query: `query ($representations: [_Any!]!) { ${times(5, (n) => `a${n}: _entities(representations: $representations) { __typename }`)} }`,
    variables: { representations: representations(1_900) },
  }),
  "50,000 ids": () => ({
    query: "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
    variables: { ids: Array.from({ length: 50_000 }, (_, index) => `pay_${index}`) },
  }),
} as const satisfies Record<string, () => SentOperation>;

/** The most that real clients and gateways send: none of them may be refused. */
export const LARGE_OPERATIONS = {
  "2,000 representations": () => ({
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) {
      ... on Payment { id status amount { amount currency } debtor { name } createdAt } } }`,
    variables: { representations: representations(2_000) },
  }),
  "the schema": () => ({ query: getIntrospectionQuery() }),
  "seven pages of 100 payments": () => ({
    query: `{ ${times(
      7,
      (n) => `a${n}: payments(first: 100) { nodes { id externalId status kind rawStatus description createdAt
      method amount { amount currency } captured { amount currency } refunded { amount currency } debtor { id name email createdAt }
      source { id } extensions { name value } freshness { observedAt isStale } } }`,
    )} }`,
  }),
  "a page of 100 payments with their objects": () => ({
    query: `{ payments(first: 100) { pageInfo { hasNextPage endCursor } nodes { id externalId status
      amount { amount currency } createdAt debtor { name email }
      refunds(first: 20) { nodes { id status amount { amount currency } } }
      disputes { nodes { id status amount { amount currency } } }
      ledgerEntries { nodes { id kind net { amount currency } } } } } }`,
  }),
  "eight pages of 100 payments with their entries, near the limit of cost": () => ({
    query: `{ ${times(
      8,
      (n) => `a${n}: payments(first: 100) { nodes { id ledgerEntries(first: 4) { nodes { id kind createdAt
      gross { amount currency } fee { amount currency } net { amount currency } } } } }`,
    )} }`,
  }),
} as const satisfies Record<string, () => SentOperation>;
