import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { eventually } from "../../helpers/eventually.ts";
import { type InboxService, startInboxService } from "../../helpers/inbox-service.ts";
import { customer, deliver, eventBody, sign } from "../../helpers/stripe-deliveries.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const SECRET = "whsec_of_acme";
const HOSTILE = [
  "'; drop table sluice.parties; --",
  "$1, $2) on conflict do nothing; --",
  "\\'; select pg_sleep(60); --",
  "${jndi:ldap://127.0.0.1/a}",
  "=cmd|' /C calc'!A0",
  "+1+1, @SUM(1), -2",
  'a"; "b\r\n{"level":50,"msg":"forged"}',
  "\u001b[2J\u0007\u009b31m",
  "invoice\u202egpj.exe\u2066\u200f",
  "<script>alert(1)</script>",
  '{"__proto__": {"scope": "admin"}}, __proto__, constructor',
];

let store: TestStore;
let service: InboxService;
beforeAll(async () => {
  store = await useStore();
  const config = { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_1", webhookSecrets: [SECRET] };
  service = await startInboxService({
    connection: store.connection,
    sources: [{ id: "main", tenantId: "acme", config }],
  });
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

test("F109: texts that are SQL, formulas, log lines or control characters are stored as the texts that they are", async () => {
  for (const [index, name] of HOSTILE.entries()) {
    const body = eventBody({ type: "customer.updated", object: customer(`cus_${index}`, name) });
    expect((await deliver(service.url, "main", sign(body, SECRET))).status).toBe(200);
    const odd = eventBody({ type: name, object: customer(`cus_${index}`, name) });
    expect((await deliver(service.url, "main", sign(odd, SECRET))).status).toBe(200);
  }
  const query = (text: string) => store.db.read("acme", (tx) => tx.query<Record<string, string>>(text));
  await eventually(
    "all deliveries to be applied",
    async () => (await query("select 1 from deliveries where status = 'PENDING'")).length === 0,
  );
  const names = await query("select name from parties order by length(external_id), external_id");
  expect(names.map(({ name }) => name)).toEqual(HOSTILE);
  const types = await query("select distinct event_type from deliveries where event_type <> 'customer.updated'");
  expect(new Set(types.map(({ event_type: type }) => type))).toEqual(new Set(HOSTILE));
});

test("F109: an error that quotes a text of an upstream quotes it inert", async () => {
  const body = '{"id":"evt_1","\u202ex\\n":1,"\u202ex\\n":2}';
  expect((await deliver(service.url, "main", sign(body, SECRET))).status).toBe(200);
  const [row] = await eventually("the delivery to be parked", async () => {
    const sql = "select error_message as message from deliveries where status = 'PARKED'";
    const rows = await store.db.read("acme", (tx) => tx.query<{ message: string }>(sql));
    return rows.length > 0 && rows;
  });
  expect(row?.message).toMatch(/^[\x20-\x7e]+$/);
  expect(row?.message).toContain("u202e");
});
