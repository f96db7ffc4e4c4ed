import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { execFile } from "node:child_process";
import { copyFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { promisify } from "node:util";
import { verifyEvidence } from "../../../tools/verify-evidence.ts";
import { codeBlock } from "../../helpers/documents.ts";
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

/** Resolves with the pack when it has ended. */
const ended = (id: string) =>
  eventually("the pack", async () => {
    const { data: found } = await ask(`{ evidencePack(id: "${id}") { status size sha256 expiresAt } }`);
    return found.evidencePack.status !== "QUEUED" && found.evidencePack;
  });

test("a pack is requested, listed, downloaded and verified, with the real bytes of webhooks, and without secrets", async () => {
  const event = { id: "evt_1", object: "event", type: "charge.updated", created: 1, data: { object: {} } };
  expect(await service.deliver(JSON.stringify(event))).toBeLessThan(300);
  const { data, errors } = await ask(CREATE, {
    input: { from: "2000-01-01T00:00:00Z", to: new Date().toISOString(), sourceIds: [SOURCE] },
  });
  expect(errors).toEqual([]);
  const { id } = data.createEvidencePack.pack as { readonly id: string };
  const pack = await ended(id);
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

describe("the documented commands", () => {
  const run = (command: string, cwd: string, env: Readonly<Record<string, string>> = {}) =>
    promisify(execFile)("sh", ["-euc", command], { cwd, env: { ...process.env, ...env } });

  test("request a pack", async () => {
    const { data, errors } = await ask(codeBlock("example", "create-evidence-pack", "graphql"));
    expect(errors).toEqual([]);
    expect(await ended(data.createEvidencePack.pack.id)).toMatchObject({ status: "READY" });
  });

  test("download a pack with an API key, and verify it with the key and the head that were noted before", async () => {
    const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
    const { data: made } = await ask(
      `mutation { createApiKey(input: { name: "auditor", scopes: [ADMIN], expiresAt: "${expiresAt}" }) { secret } }`,
    );
    const { data: noted } = await ask("{ auditHead { sequence hash publicKey } }");
    const period = { from: "2000-01-01T00:00:00Z", to: new Date().toISOString() };
    const { data } = await ask(CREATE, { input: period });
    const { id } = data.createEvidencePack.pack as { readonly id: string };
    await ended(id);
    const download = codeBlock("example", "download-evidence-pack", "sh").replace("http://127.0.0.1:4000", service.url);
    await run(download, folder, { TOKEN: made.createApiKey.secret, PACK_ID: id });

    await writeFile(join(folder, "head.json"), JSON.stringify(noted.auditHead));
    await copyFile("tools/verify-evidence.ts", join(folder, "verify-evidence.ts"));
    const [withNpm = "", alone = ""] = codeBlock("example", "verify-evidence", "sh").trim().split("\n");
    const verified = await run(withNpm.replace("pack.zip", join(folder, "pack.zip")), ".");
    expect(verified.stdout).toMatch(/\nok\n$/);
    const path = `${dirname(process.execPath)}${delimiter}${process.env["PATH"]}`;
    const { stdout } = await run(alone, folder, { PUBLIC_KEY: noted.auditHead.publicKey, PATH: path });
    expect(stdout).toMatch(/\nok\n$/);
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
