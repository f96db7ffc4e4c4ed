import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { getIntrospectionQuery } from "graphql";
import { SignJWT } from "jose";
import { DOCUMENT_LIMITS } from "../../../src/server/graphql/document-limits.ts";
import { DEFAULT_OPERATION_SETTINGS } from "../../../src/server/graphql/operation-settings.ts";
import { MAX_VALIDATION_ERRORS } from "../../../src/server/graphql/read-document.ts";
import { type GraphServer, post, useGraphServer } from "../../helpers/graph-server.ts";
import { HOSTILE_OPERATIONS, LARGE_OPERATIONS } from "../../helpers/hostile-operations.ts";
import { addSource, ledgerWorld, putRecords } from "../../helpers/ledger-world.ts";
import { type SendOperation, senderTo, TRANSPORTS } from "../../helpers/refusals.ts";

const SECRET = "a secret of thirty-two characters";
const MAX_ENTITIES = 40;

/** Without authentication, as in the demo. */
let open: GraphServer;
/** With tokens, as in production. */
let closed: GraphServer;
let token: string;
/** Id of a payment of the tenant `umbrella`. */
let foreignId: string;
beforeAll(async () => {
  open = await useGraphServer();
  for (const tenantId of ["acme", "umbrella"]) {
    const place = { database: open.database, tenantId, sourceId: `stripe-${tenantId}` };
    await addSource(place);
    await putRecords(place, ledgerWorld(0, 3));
  }
  const shared = { connection: open.connection, close: () => Promise.resolve() };
  const operations = { maxEntities: MAX_ENTITIES };
  closed = await useGraphServer({ auth: { kind: "secret", secret: SECRET }, operations }, shared);
  const jwt = (tenant: string) =>
    new SignJWT({ tenant, scope: "read" })
      .setProtectedHeader({ alg: "HS256" })
      .setExpirationTime("5m")
      .sign(new TextEncoder().encode(SECRET));
  token = await jwt("acme");
  const authorization = `Bearer ${await jwt("umbrella")}`;
  const { data } = await post(closed.url, { query: "{ payments { nodes { id } } }" }, { authorization });
  foreignId = data.payments.nodes[0].id;
});
afterAll(async () => {
  await closed[Symbol.asyncDispose]();
  await open[Symbol.asyncDispose]();
});

const texts = (errors: readonly { readonly message: string }[]) => errors.map(({ message }) => message);

describe.each(TRANSPORTS)("over %s", (transport) => {
  let sendOpen: SendOperation;
  let sendClosed: SendOperation;
  beforeAll(() => {
    sendOpen = senderTo(open.url, transport);
    const send = senderTo(closed.url, transport);
    sendClosed = (operation) => send(operation, token);
  });

  describe("the gate refuses before anything is read (F88, F89, F117)", () => {
    test.each(Object.keys(HOSTILE_OPERATIONS) as (keyof typeof HOSTILE_OPERATIONS)[])("%s", async (name) => {
      open.takeStatements();
      const { data, errors } = await sendOpen(HOSTILE_OPERATIONS[name]());
      expect(data).toBeNull();
      const code = name === "a fragment cycle" ? "GRAPHQL_VALIDATION_FAILED" : "INVALID_INPUT";
      expect(errors).toMatchObject([{ extensions: { code, retryable: false } }]);
      expect(open.takeStatements()).toEqual([]);
    });
  });

  test.each(Object.keys(LARGE_OPERATIONS) as (keyof typeof LARGE_OPERATIONS)[])(
    "the gate admits what clients and gateways send: %s (F88)",
    async (name) => {
      expect((await sendOpen(LARGE_OPERATIONS[name]())).errors).toEqual([]);
    },
  );

  test("no error names a limit (F91)", async () => {
    const limits = [...Object.values(DOCUMENT_LIMITS), ...Object.values(DEFAULT_OPERATION_SETTINGS), 5_000];
    const numbers = limits.filter((limit) => typeof limit === "number" && limit > 10).join("|");
    for (const make of Object.values(HOSTILE_OPERATIONS)) {
      const { variables, ...operation } = make() as ReturnType<(typeof HOSTILE_OPERATIONS)["50,000 ids"]>;
      if (operation.query.includes("filter")) continue; // the length of a text argument is part of its description
      for (const { message } of (await sendOpen({ ...operation, variables })).errors) {
        expect(message).not.toMatch(new RegExp(`\\b(${numbers})\\b`));
      }
    }
  });

  test("validation reports the same bounded number of mistakes (F88)", async () => {
    const unknown = Array.from({ length: 2 * MAX_VALIDATION_ERRORS }, (_, n) => `nothing${n}`);
    const { errors } = await sendOpen({ query: `{ ${unknown.join(" ")} }` });
    const expected = unknown
      .slice(0, MAX_VALIDATION_ERRORS)
      .map((name) => `Cannot query field "${name}" on type "Query".`);
    expect(texts(errors)).toEqual(expected);
    expect(new Set(errors.map(({ extensions }) => extensions.code))).toEqual(new Set(["GRAPHQL_VALIDATION_FAILED"]));
  });

  test("an error does not repeat a long value (F88)", async () => {
    const filter = Object.fromEntries(Array.from({ length: 90 }, (_, n) => [`a${n}`, "x".repeat(5_000)]));
    const query = "query ($filter: PaymentFilter) { payments(filter: $filter) { nodes { id } } }";
    const { errors } = await sendOpen({ query, variables: { filter } });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
    expect(errors[0]?.message.length).toBeLessThan(1_100);
  });

  test("the SDL is answered once per operation, and always the same (F117)", async () => {
    const first = await sendClosed({ query: "{ _service { sdl } }" });
    expect(first.errors).toEqual([]);
    expect(
      await sendClosed({ query: "{ a: _service { sdl } ...F } fragment F on Query { a: _service { sdl } }" }),
    ).toEqual({
      data: { a: (first.data as { _service: unknown })._service },
      errors: [],
    });
    const { errors } = await sendClosed({ query: "{ _service { a: sdl b: sdl } }" });
    expect(texts(errors)).toEqual(["the operation may request sdl once, got 2 aliases"]);
  });

  test("introspection is answered in the demo, and refused where callers authenticate (F91)", async () => {
    for (const query of [getIntrospectionQuery(), '{ __type(name: "Payment") { name } }']) {
      expect((await sendOpen({ query })).errors).toEqual([]);
      expect((await sendClosed({ query })).errors).toMatchObject([
        { message: "introspection is switched off", extensions: { code: "FORBIDDEN" } },
      ]);
    }
    const spread = "{ ...F } fragment F on Query { ... { a: __schema { types { name } } } }";
    expect((await sendClosed({ query: spread })).errors).toMatchObject([{ extensions: { code: "FORBIDDEN" } }]);
    expect((await sendClosed({ query: "{ __typename }" })).data).toEqual({ __typename: "Query" });
  });

  test.each([
    ["a field", { query: "{ paymentz { nodes { id } } }" }],
    ["an argument", { query: "{ payments(frist: 1) { nodes { id } } }" }],
    ["a type", { query: "{ payments { nodes { ... on Paymnt { id } } } }" }],
    ["a field of another type", { query: '{ node(id: "a") { status } }' }],
    ["an enum value", { query: "{ payments(filter: { status: [SUCCEDED] }) { nodes { id } } }" }],
    ["an input field", { query: "{ payments(filter: { statuss: [SUCCEEDED] }) { nodes { id } } }" }],
    [
      "a variable's enum value",
      {
        query: "query ($f: PaymentFilter) { payments(filter: $f) { nodes { id } } }",
        variables: { f: { status: ["SUCCEDED"] } },
      },
    ],
    [
      "a variable's input field",
      {
        query: "query ($f: PaymentFilter) { payments(filter: $f) { nodes { id } } }",
        variables: { f: { statuss: 1 } },
      },
    ],
  ])("the error about %s suggests a name in the demo only (F91)", async (_what, operation) => {
    const [demo, production] = [await sendOpen(operation), await sendClosed(operation)];
    expect(texts(demo.errors).join()).toMatch(/Did you mean/);
    expect(texts(production.errors)).toHaveLength(texts(demo.errors).length);
    expect(JSON.stringify(production.errors)).not.toMatch(/Did you mean|SUCCEEDED|stack|at .*\.ts/);
  });

  test("the number of representations is limited by the setting, over all aliases (F92)", async () => {
    const representations = (count: number) =>
      Array.from({ length: count }, () => ({ __typename: "Payment", id: "pay_1" }));
    const variables = (count: number) => ({ representations: representations(count) });
    const one = "_entities(representations: $representations) { __typename }";
    const query = `query ($representations: [_Any!]!) { ${one} }`;
    const twice = `query ($representations: [_Any!]!) { a: ${one} b: ${one} }`;
    expect((await sendClosed({ query, variables: variables(MAX_ENTITIES) })).errors).toEqual([]);
    closed.takeStatements();
    for (const operation of [
      { query, variables: variables(MAX_ENTITIES + 1) },
      { query, variables: variables(10_000) },
      { query: twice, variables: variables(MAX_ENTITIES / 2 + 1) },
      {
        query: `{ _entities(representations: [${'{ __typename: "Payment" },'.repeat(MAX_ENTITIES + 1)}]) { __typename } }`,
      },
    ]) {
      expect((await sendClosed(operation)).errors).toMatchObject([{ extensions: { code: "INVALID_INPUT" } }]);
    }
    expect(closed.takeStatements()).toEqual([]);
  });

  test("representations of another tenant, an unknown type and __proto__ reveal nothing, each for itself (F92)", async () => {
    const query =
      "query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Payment { id } } }";
    const keys = [
      { __typename: "Payment", id: foreignId },
      { __typename: "Payment", id: foreignId.replace(/.$/, foreignId.endsWith("a") ? "b" : "a") },
      { __typename: "Payment", source: { id: "stripe-umbrella" }, externalId: "pi_0" },
      { __typename: "Payment", source: { id: "nothing" }, externalId: "pi_0" },
    ];
    expect(await sendClosed({ query, variables: { representations: keys } })).toEqual({
      data: { _entities: [null, null, null, null] },
      errors: [],
    });
    const unknown = [{ __typename: "Secret" }, { __typename: "__proto__" }, { __typename: "constructor" }, {}];
    const { data, errors } = await sendClosed({ query, variables: { representations: unknown } });
    expect(data).toEqual({ _entities: [null, null, null, null] });
    expect(texts(errors)).toEqual(unknown.map(() => "representations must have the __typename of an entity"));
  });
});

test("an array of operations over HTTP is refused, and none of them is executed (F89)", async () => {
  open.takeStatements();
  const operations = [{ query: "{ payments { nodes { id } } }" }, { query: "{ payments { nodes { id } } }" }];
  expect(await post(open.url, operations)).toMatchObject({
    status: 400,
    data: null,
    errors: [{ extensions: { code: "BAD_REQUEST" } }],
  });
  expect(open.takeStatements()).toEqual([]);
});

test("every alias of a mutation counts, so that few fit into one operation (F89)", async () => {
  const mutation = (count: number) =>
    `mutation { ${Array.from({ length: count }, (_, n) => `a${n}: pauseSource(id: "nothing") { id }`).join(" ")} }`;
  const [few, many] = [await open.query(mutation(10)), await open.query(mutation(DOCUMENT_LIMITS.rootFields))];
  expect(few.errors[0]?.path).toEqual(["a0"]);
  expect(many).toMatchObject({
    status: 400,
    errors: [{ message: expect.stringMatching(/^the operation costs too much/) }],
  });
});
