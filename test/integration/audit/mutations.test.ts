import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import {
  type GraphQLInputType,
  type GraphQLOutputType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from "graphql";
import { ATOMIC_MUTATIONS } from "../../../src/server/mutation-subjects.ts";
import { loadSchema } from "../../../src/server/load-schema.ts";
import { eventually } from "../../helpers/eventually.ts";
import { post } from "../../helpers/graph-server.ts";
import { SOURCE, type StripeService, syncBefore, useStripeService } from "../../helpers/stripe-service.ts";

const CANARY = "canary-7f3a";
const mutations = Object.values(loadSchema().getMutationType()?.getFields() ?? {});

/** Tables that mutations of one transaction change; each change is noted with its transaction. */
const CHANGED = ["api_keys", "deliveries", "evidence_packs", "quarantined_records", "sources", "sync_runs"];

let service: StripeService;
beforeAll(async () => {
  service = await useStripeService();
  await syncBefore(service, "FULL");
  await service.query(`create table public.changes (table_name text, id text, xid xid8)`);
  await service.query(`grant insert on public.changes to public`);
  await service.query(`create function public.note_change() returns trigger language plpgsql security definer as $$ begin
    insert into public.changes values (tg_table_name, to_jsonb(new) ->> tg_argv[0], pg_current_xact_id()); return new; end $$`);
  for (const table of CHANGED)
    await service.query(
      `create trigger note_change after insert or update on sluice.${table} for each row execute function public.note_change('id')`,
    );
  await service.query(
    `create trigger note_change after insert on sluice.audit_entries for each row execute function public.note_change('sequence')`,
  );
});
afterAll(async () => await service[Symbol.asyncDispose]());

const ask = (query: string, variables: Readonly<Record<string, unknown>> = {}) =>
  post(service.url, { query, variables });

interface Row {
  readonly sequence: bigint | string;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Rows about an action since the row with this number, the oldest first. */
async function rowsOf(action: string, since = 0n): Promise<readonly Row[]> {
  const rows = await service.query(
    `select sequence, body from sluice.audit_entries where action = '${action}' and sequence > ${since} order by sequence`,
  );
  return rows.map(({ sequence, body }) => ({ sequence: String(sequence), body: JSON.parse(String(body)) }));
}

async function head(): Promise<bigint> {
  const [row] = await service.query("select coalesce(max(sequence), 0) as sequence from sluice.audit_entries");
  return BigInt(String(row?.["sequence"]));
}

/** Returns a value of the type that has the canary wherever a text may have one. */
function valueOf(type: GraphQLInputType): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType);
  if (isListType(type)) return [valueOf(type.ofType)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields());
    return Object.fromEntries(fields.map((field) => [field.name, valueOf(field.type)]));
  }
  if (type.name === "JSON") return { apiKey: CANARY, [CANARY]: CANARY };
  if (type.name === "DateTime") return "2026-01-01T00:00:00Z";
  if (type.name === "Boolean") return true;
  if (["Int", "Float", "BigInt"].includes(type.name)) return 1;
  if (type.name === "Decimal") return "1";
  if (type.name === "Date") return "2026-01-01";
  if (type.name === "CurrencyCode") return "EUR";
  return "x1";
}

/** Returns a selection that is valid for the type. */
function selectionOf(type: GraphQLOutputType): string {
  return isObjectType(getNamedType(type)) ? "{ __typename }" : "";
}

describe("every mutation of the SDL", () => {
  test.each(mutations.map((field) => [field.name, field] as const))("%s is recorded", async (name, field) => {
    const since = await head();
    const definitions = field.args.map((argument) => `$${argument.name}: ${String(argument.type)}`).join(", ");
    const given = field.args.map((argument) => `${argument.name}: $${argument.name}`).join(", ");
    const variables = Object.fromEntries(field.args.map((argument) => [argument.name, valueOf(argument.type)]));
    const call = field.args.length === 0 ? name : `${name}(${given})`;
    const parameters = field.args.length === 0 ? "" : `(${definitions})`;
    const { errors } = await ask(`mutation ${parameters} { ${call} ${selectionOf(field.type)} }`, variables);
    const rows = await rowsOf(`mutation.${name}`, since);
    expect(rows.map(({ body }) => body["outcome"]).at(-1)).toBe(
      errors.length === 0 ? "SUCCEEDED" : ATOMIC_MUTATIONS.has(name) ? "REFUSED" : "FAILED",
    );
    expect(rows.at(-1)?.body["errorCode"]).toBe(errors[0]?.extensions.code ?? null);
    expect(rows.at(-1)?.body["principal"]).toMatchObject({ kind: "DEVELOPMENT", subject: "development" });
    expect(JSON.stringify(rows)).not.toContain(CANARY);
  });

  test("no row has a value of a field for credentials", async () => {
    const [row] = await service.query(
      `select count(*) as rows, count(*) filter (where body like '%[redacted]%') as redacted,
         count(*) filter (where body like '%${CANARY}%') as leaks from sluice.audit_entries`,
    );
    expect(Number(row?.["redacted"])).toBeGreaterThan(2);
    expect(Number(row?.["leaks"])).toBe(0);
  });
});

/** Runs a mutation of one transaction, and checks that its row is in the transaction that had the effect. */
async function inOneTransaction(name: string, text: string, table: string): Promise<Row> {
  const since = await head();
  const { errors } = await ask(text);
  expect(errors).toEqual([]);
  const rows = await rowsOf(`mutation.${name}`, since);
  expect(rows).toHaveLength(1);
  const [row] = rows;
  if (row === undefined) throw new Error("not recorded");
  const found = await service.query(
    `select 1 from public.changes as entry join public.changes as changed using (xid)
     where entry.table_name = 'audit_entries' and entry.id = '${row.sequence}' and changed.table_name = '${table}'`,
  );
  expect(found.length).toBeGreaterThan(0);
  expect(row.body).toMatchObject({ phase: "COMPLETE", outcome: "SUCCEEDED" });
  return row;
}

describe("a mutation of one transaction is recorded in it", () => {
  const proven = new Set<string>();
  const prove = (name: string, text: string, table: string) => {
    proven.add(name);
    return inOneTransaction(name, text, table);
  };

  test("pauseSource and resumeSource, with the state before and after", async () => {
    const paused = await prove("pauseSource", `mutation { pauseSource(id: "${SOURCE}") { id } }`, "sources");
    expect(paused.body).toMatchObject({
      subject: { type: "SOURCE", id: SOURCE },
      before: { paused: false },
      after: { paused: true, status: "PAUSED" },
      arguments: { id: SOURCE },
    });
    expect(paused.body["remoteAddress"]).toMatch(/127\.0\.0\.1|::1/);
    expect(paused.body["requestId"]).toEqual(expect.any(String));
    const resumed = await prove("resumeSource", `mutation { resumeSource(id: "${SOURCE}") { id } }`, "sources");
    expect(resumed.body).toMatchObject({ before: { paused: true }, after: { paused: false } });
  });

  test("startSync and cancelSync", async () => {
    await prove(
      "startSync",
      `mutation { startSync(input: { sourceId: "${SOURCE}", mode: FULL }) { run { id } } }`,
      "sync_runs",
    );
    const { data } = await ask("{ syncRuns(first: 1) { nodes { id } } }");
    const id = data.syncRuns.nodes[0].id as string;
    proven.add("cancelSync");
    const since = await head();
    expect((await ask(`mutation { cancelSync(runId: "${id}") { id } }`)).errors).toEqual([]);
    const [row] = await rowsOf("mutation.cancelSync", since);
    expect(row?.body).toMatchObject({ subject: { type: "SYNC_RUN", id }, outcome: "SUCCEEDED" });
  });

  test("createApiKey has two rows, and revokeApiKey one", async () => {
    const since = await head();
    const { data } = await ask(
      `mutation { createApiKey(input: { name: "k", scopes: [READ], expiresAt: "${new Date(Date.now() + 60_000_000).toISOString()}" }) {
        secret apiKey { id } } }`,
    );
    const { id } = data.createApiKey.apiKey as { readonly id: string };
    const rows = await rowsOf("mutation.createApiKey", since);
    expect(rows.map(({ body }) => body["phase"])).toEqual(["STARTED", "FINISHED"]);
    expect(rows[1]?.body).toMatchObject({ subject: { type: "API_KEY", id }, after: { name: "k", scopes: ["read"] } });
    expect(JSON.stringify(rows)).not.toContain(data.createApiKey.secret);
    const revoked = await prove("revokeApiKey", `mutation { revokeApiKey(id: "${id}") { id } }`, "api_keys");
    expect(revoked.body).toMatchObject({ before: { revokedAt: null }, after: { revokedBy: "development" } });
  });

  test("discardDelivery, replayDelivery and discardDeliveries", async () => {
    await ask(`mutation { pauseSource(id: "${SOURCE}") { id } }`);
    const event = (n: number) =>
      JSON.stringify({ id: `evt_${n}`, object: "event", type: "charge.updated", created: 1, data: { object: {} } });
    expect(await service.deliver(event(1))).toBeLessThan(300);
    expect(await service.deliver(event(2))).toBeLessThan(300);
    const { data } = await ask("{ deliveries(first: 1) { nodes { id } } }");
    const { id } = data.deliveries.nodes[0] as { readonly id: string };
    const discarded = await prove(
      "discardDelivery",
      `mutation { discardDelivery(id: "${id}", reason: "why") { id } }`,
      "deliveries",
    );
    expect(discarded.body).toMatchObject({ after: { status: "DISCARDED", discardReason: "why" } });
    await prove("replayDelivery", `mutation { replayDelivery(id: "${id}") { id } }`, "deliveries");
    await prove(
      "discardDeliveries",
      `mutation { discardDeliveries(input: { filter: { sourceIds: ["${SOURCE}"] }, reason: "all" }) { count } }`,
      "deliveries",
    );
    await ask(`mutation { resumeSource(id: "${SOURCE}") { id } }`);
  });

  test("discardQuarantined and discardManyQuarantined", async () => {
    const add = (id: string) =>
      service.query(
        `insert into sluice.quarantined_records (tenant_id, id, source_id, entity_type, code, path, problem, raw_path,
           status, first_at, last_at)
         select tenant_id, '${id}', id, 'Payment', 'UPSTREAM_MALFORMED', 'amount', '', '', 'OPEN', now(), now()
         from sluice.sources where id = '${SOURCE}'`,
      );
    const first = `qua_${"a".repeat(22)}`;
    await add(first);
    await prove(
      "discardQuarantined",
      `mutation { discardQuarantined(ids: ["${first}"], reason: "why") { records { id } } }`,
      "quarantined_records",
    );
    await add(`qua_${"b".repeat(22)}`);
    const many = await prove(
      "discardManyQuarantined",
      `mutation { discardManyQuarantined(input: { filter: { paths: ["amount"] }, reason: "all" }) { count } }`,
      "quarantined_records",
    );
    expect(many.body).toMatchObject({ outcome: "SUCCEEDED", principal: { subject: "development" } });
  });

  test("createEvidencePack and cancelEvidencePack", async () => {
    const period = 'from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z"';
    const create = `mutation { createEvidencePack(input: { ${period}, idempotencyKey: "once" }) { pack { id } } }`;
    await prove("createEvidencePack", create, "evidence_packs");
    const { id } = (await ask(create)).data.createEvidencePack.pack as { readonly id: string };
    proven.add("cancelEvidencePack"); // it may have ended before
    const since = await head();
    expect((await ask(`mutation { cancelEvidencePack(id: "${id}") { id } }`)).errors).toEqual([]);
    expect(await rowsOf("mutation.cancelEvidencePack", since)).toMatchObject([
      { body: { subject: { type: "EVIDENCE_PACK", id }, outcome: "SUCCEEDED" } },
    ]);
  });

  test("every one of them is proven here, or where its world exists", () => {
    // `disconnectSource` needs a connected source: test/integration/audit/connected.test.ts
    expect([...ATOMIC_MUTATIONS].filter((name) => !proven.has(name) && name !== "disconnectSource")).toEqual([]);
  });
});

describe("refused mutations", () => {
  test("arguments of a wrong type are recorded without their values", async () => {
    const since = await head();
    await ask("mutation ($id: ID!) { pauseSource(id: $id) { id } }", { id: { nested: CANARY } });
    const rows = await eventually("the row", async () => {
      const found = await rowsOf("mutation.pauseSource", since);
      return found.length > 0 && found;
    });
    expect(rows.map(({ body }) => [body["outcome"], body["errorCode"], body["arguments"]])).toEqual([
      ["REFUSED", "BAD_USER_INPUT", {}],
    ]);
  });

  test("a caller who repeats a refused mutation gets a bounded number of rows", async () => {
    const since = await head();
    for (let n = 0; n < 60; n += 1) await ask('mutation { pauseSource(id: "missing") { id } }');
    // A minute may end in between, after which another twenty are rows.
    expect((await rowsOf("mutation.pauseSource", since)).length).toBeLessThanOrEqual(40);
  });
});
