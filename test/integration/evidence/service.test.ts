import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { verifyEvidence } from "../../../tools/verify-evidence.ts";
import { eventually } from "../../helpers/eventually.ts";
import { post } from "../../helpers/graph-server.ts";
import { SECRETS, SOURCE, type StripeService, syncBefore, useStripeService } from "../../helpers/stripe-service.ts";

let service: StripeService;
let folder: string;
beforeAll(async () => {
  service = await useStripeService();
  folder = await mkdtemp(join(tmpdir(), "sluice-evidence-"));
  await syncBefore(service, "FULL");
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await rm(folder, { recursive: true, force: true });
});

const ask = (query: string, variables: Readonly<Record<string, unknown>> = {}) =>
  post(service.url, { query, variables });
const CREATE = `mutation ($input: CreateEvidencePackInput!) { createEvidencePack(input: $input) { pack { id status } } }`;

test("a pack is requested, listed, downloaded and verified, with the real bytes of webhooks, and without secrets", async () => {
  const event = { id: "evt_1", object: "event", type: "charge.updated", created: 1, data: { object: {} } };
  expect(await service.deliver(JSON.stringify(event))).toBeLessThan(300);
  const { data, errors } = await ask(CREATE, {
    input: { from: "2000-01-01T00:00:00Z", to: new Date().toISOString(), sourceIds: [SOURCE] },
  });
  expect(errors).toEqual([]);
  const { id } = data.createEvidencePack.pack as { readonly id: string };
  const pack = await eventually("the pack", async () => {
    const { data: found } = await ask(`{ evidencePack(id: "${id}") { status size sha256 expiresAt } }`);
    return found.evidencePack.status !== "QUEUED" && found.evidencePack;
  });
  expect(pack).toMatchObject({ status: "READY", expiresAt: expect.any(String) });
  const listed = await ask("{ evidencePacks(first: 1) { nodes { id written createdBy } pageInfo { hasNextPage } } }");
  expect(listed.data.evidencePacks.nodes).toMatchObject([{ id, createdBy: "development" }]);

  const response = await fetch(`${service.url}/evidence/${id}`);
  expect(response.headers.get("content-disposition")).toBe(`attachment; filename="${id}.zip"`);
  expect(response.headers.get("cache-control")).toBe("no-store");
  const bytes = Buffer.from(await response.arrayBuffer());
  expect(bytes.byteLength).toBe(Number(pack.size));
  const path = join(folder, "pack.zip");
  await writeFile(path, bytes);
  const { problems, checked } = verifyEvidence(path);
  expect(problems).toEqual([]);
  expect(checked.join("\n")).toContain("1 of them webhooks with a signature");
  for (const secret of [...SECRETS, "sk_test_1"]) expect(bytes.includes(secret)).toBe(false);
  const [row] = await service.query("select body from sluice.audit_entries where action = 'evidence.downloaded'");
  expect(JSON.parse(String(row?.["body"]))).toMatchObject({
    subject: { type: "EVIDENCE_PACK", id },
    outcome: "SUCCEEDED",
  });
});

test.each([
  [{}, "input.from is required"],
  [{ from: "2026-01-01T00:00:00Z" }, "input.to is required"],
  [{ from: "2026-01-02T00:00:00Z", to: "2026-01-01T00:00:00Z" }, "input.to must be after input.from"],
  [{ from: "2026-01-02T00:00:00Z", to: "2999-01-01T00:00:00Z" }, "must not be in the future"],
  [{ from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z", sourceIds: ["nobody"] }, "input.sourceIds[0]"],
  [{ from: "2026-01-01T00:00:00Z", to: "2026-01-02T00:00:00Z", sourceIds: [] }, "input.sourceIds"],
  [{ findingId: "fnd_none" }, "finding"],
  [{ findingId: "fnd_none", sourceIds: ["a"] }, "must not be combined"],
])("%j is refused, naming the field", async (input, message) => {
  const { errors } = await ask(CREATE, { input });
  expect(errors[0]?.message).toContain(message);
});

test("a pack that does not exist is not found, by the graph, by a download and by a cancellation", async () => {
  expect((await fetch(`${service.url}/evidence/evp_none`)).status).toBe(404);
  expect((await ask('{ evidencePack(id: "evp_none") { id } }')).data.evidencePack).toBeNull();
  const { errors } = await ask('mutation { cancelEvidencePack(id: "evp_none") { id } }');
  expect(errors).toMatchObject([{ extensions: { code: "NOT_FOUND" } }]);
});

test("an event that is about no source reports that a pack has ended", async () => {
  const events = async (): Promise<readonly Record<string, unknown>[]> =>
    service.query("select data, source_id from sluice.events where kind = 'EvidencePackFinished' order by seq");
  const before = (await events()).length;
  const { data } = await ask(CREATE, { input: { from: "2000-01-01T00:00:00Z", to: new Date().toISOString() } });
  const { id } = data.createEvidencePack.pack as { readonly id: string };
  const added = await eventually("the event", async () => {
    const found = (await events()).slice(before);
    return found.length > 0 && found;
  });
  expect(added).toEqual([{ data: { packId: id, status: "READY" }, source_id: null }]);
});
