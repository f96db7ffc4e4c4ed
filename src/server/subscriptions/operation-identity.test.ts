import { describe, expect, test } from "@jest/globals";
import { type DocumentNode, parse } from "graphql";
import type { Principal, Scope } from "../../../resolvers/principal.ts";
import { identityOf, mayShareLoaders } from "./operation-identity.ts";

const DOCUMENT = parse(`
  subscription Follow($after: EventCursor, $filter: SyncEventFilter, $first: Int, $with: Boolean!) {
    syncEvents(after: $after, filter: $filter) {
      cursor
      source @include(if: $with) { id }
      ... on EntityChanged { entity { ... on Payment { refunds(first: $first) { nodes { id } } } } }
    }
  }
  subscription Other { syncEvents { at } }
`);

interface Given {
  readonly document?: DocumentNode;
  readonly operationName?: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly tenantId?: string;
  readonly scopes?: readonly Scope[];
  readonly subject?: string;
}

function identity(given: Given = {}): string {
  const { document = DOCUMENT, operationName = "Follow", variables = {}, tenantId = "acme" } = given;
  const { scopes = ["read"], subject = "ada" } = given;
  const principal: Principal = { tenantId, subject, scopes: new Set(scopes), expiresAtMs: undefined };
  return identityOf({ schema: undefined as never, document, operationName, variableValues: variables }, principal);
}

describe("the identity of a subscription", () => {
  test.each<[string, Given]>([
    ["the cursor that it begins after", { variables: { after: "x" } }],
    ["the filter of its events", { variables: { filter: { kinds: ["RUN_STARTED"] } } }],
    ["a variable that it does not use", { variables: { unused: 1 } }],
    ["the subject of its caller", { subject: "ben" }],
  ])("is the same with another value of %s", (_name, given) => {
    expect(identity(given)).toBe(identity());
  });

  test.each<[string, Given]>([
    ["tenant", { tenantId: "umbrella" }],
    ["scopes", { scopes: ["read", "admin"] }],
    ["operation of the document", { operationName: "Other" }],
    ["document, although the text is equal", { document: parse("subscription Follow { syncEvents { at } }") }],
    ["variable of an argument below the root field", { variables: { first: 1 } }],
    ["variable of a directive", { variables: { with: true } }],
    ["variable that is null in place of absent", { variables: { first: null } }],
  ])("is different with another %s", (_name, given) => {
    expect(identity(given)).not.toBe(identity());
  });

  test("does not depend on the order of the scopes", () => {
    expect(identity({ scopes: ["admin", "read"] })).toBe(identity({ scopes: ["read", "admin"] }));
  });

  test("contains a variable that a fragment on the root type uses, and one of a directive at the root field", () => {
    const document = parse(`
      subscription Follow($a: String, $b: Boolean!) { ...Root }
      fragment Root on Subscription { syncEvents(after: $a) @skip(if: $b) { cursor } }
    `);
    const of = (variables: Record<string, unknown>) => identity({ document, variables });
    expect(new Set([of({}), of({ a: "x" }), of({ b: true })]).size).toBe(3);
    const direct = parse("subscription Follow($b: Boolean!) { syncEvents @skip(if: $b) { cursor } }");
    expect(identity({ document: direct, variables: { b: true } })).not.toBe(identity({ document: direct }));
  });
});

test("events whose content may be fetched from an upstream are executed one by one", () => {
  expect(mayShareLoaders(DOCUMENT)).toBe(true);
  const fresh = "... on EntityChanged { entity { ... on Account { balances(maxAge: 0) { id } } } }";
  expect(mayShareLoaders(parse(`subscription { syncEvents { ${fresh} } }`))).toBe(false);
  expect(mayShareLoaders(parse(`subscription { syncEvents { ...F } } fragment F on SyncEvent { ${fresh} }`))).toBe(
    false,
  );
});
