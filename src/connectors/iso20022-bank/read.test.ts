import type { IncomingMessage, ServerResponse } from "node:http";
import { expect, test } from "@jest/globals";
import { startHttpServer } from "../../../test/helpers/local-server.ts";
import { singleBucket } from "../../connector-api/budget.ts";
import type { ReadMessage } from "../../connector-api/messages.ts";
import { useBank } from "../../../sandbox/iso20022-bank/testing.ts";
import { createUpstream } from "../../upstream/upstream.ts";
import type { BankCursor } from "./cursor.ts";
import { connector } from "./index.ts";

/** Reads the address of these settings once, from a cursor. */
async function readOnce(settings: object, cursor?: BankCursor): Promise<readonly ReadMessage<BankCursor>[]> {
  const config = connector.config.parse(settings);
  const target = connector.target(config);
  if (target === undefined) throw new Error("these settings name no address");
  const budget = singleBucket({ requestsPerSecond: 1_000, maxConcurrent: 2 });
  const upstream = createUpstream({ target, budget, random: () => 0, graceMs: 0 });
  const signal = AbortSignal.timeout(20_000);
  try {
    const client = upstream.client("incremental");
    const input = { config, client, stream: "statements", cursor, range: undefined, nowMs: 0, signal };
    return await Array.fromAsync(connector.read(input));
  } finally {
    await upstream.close();
  }
}

const filesOf = (messages: readonly ReadMessage<BankCursor>[]) =>
  messages.flatMap((message) => (message.type === "file" ? [message.name] : []));
const lastCursor = (messages: readonly ReadMessage<BankCursor>[]) => {
  const last = messages.at(-1);
  return last?.type === "checkpoint" ? last.cursor : undefined;
};

type Handler = (request: IncomingMessage, response: ServerResponse) => void;
const answer =
  (body: unknown, headers: Record<string, string> = {}, status = 200): Handler =>
  (_request, response) =>
    void response.writeHead(status, headers).end(typeof body === "string" ? body : JSON.stringify(body));

/** A bank whose paths respond as configured. */
async function useAddress(paths: Readonly<Record<string, Handler>>) {
  const seen: string[] = [];
  const server = await startHttpServer((request, response) => {
    seen.push(`${request.url} ${request.headers["if-none-match"] ?? ""}`.trim());
    (paths[request.url ?? ""] ?? answer("", {}, 404))(request, response);
  });
  const url = `${server.url}/statements`;
  return { url, seen, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

test("a list is read page by page, and a later read starts after the last name", async () => {
  await using bank = await useBank({ payments: 1_200 });
  const first = await readOnce(bank.running.sourceConfig);
  expect(filesOf(first).length).toBeGreaterThan(50); // more than one page
  expect(new Set(filesOf(first)).size).toBe(filesOf(first).length);
  expect(filesOf(await readOnce(bank.running.sourceConfig, lastCursor(first)))).toEqual([]);
  await bank.control("POST", "publish", { days: [0], name: "late.xml", kind: "camt.054", account: 0 });
  expect(filesOf(await readOnce(bank.running.sourceConfig, lastCursor(first)))).toEqual(["late.xml"]);
  // Each file is followed by a checkpoint of its own, so that a run that ends in the middle loses and repeats nothing.
  const middle = first.slice(0, 8).findLast((message) => message.type === "checkpoint");
  const rest = await readOnce(bank.running.sourceConfig, middle?.cursor);
  const before = filesOf(first.slice(0, 8));
  expect([...before, ...filesOf(rest)]).toEqual([...filesOf(first), "late.xml"]);
});

test("an address that returns the newest file is requested conditionally", async () => {
  let etag = '"1"';
  const give: Handler = (request, response) => {
    if (request.headers["if-none-match"] === etag) answer("", {}, 304)(request, response);
    else answer("<Document/>", { "content-type": "application/xml", etag })(request, response);
  };
  await using bank = await useAddress({ "/statements": give });
  const first = await readOnce({ url: bank.url });
  expect(filesOf(first)).toEqual(["statements"]);
  expect(filesOf(await readOnce({ url: bank.url }, lastCursor(first)))).toEqual([]);
  etag = '"2"';
  expect(filesOf(await readOnce({ url: bank.url }, lastCursor(first)))).toEqual(["statements"]);
  expect(bank.seen).toEqual(["/statements", '/statements "1"', '/statements "1"']);
});

test.each([204, 404])("status %d: there is no new file, and no error", async (status) => {
  await using bank = await useAddress({ "/statements": answer("", {}, status) });
  expect(await readOnce({ url: bank.url })).toEqual([
    { type: "checkpoint", cursor: { after: null, etag: null }, progress: undefined },
  ]);
});

test("credentials are sent to the configured host only (F38)", async () => {
  await using other = await useAddress({});
  await using bank = await useAddress({
    "/statements": answer({ files: [{ name: "a.xml", href: `${other.url}/a.xml` }] }),
  });
  await expect(readOnce({ url: bank.url, auth: { bearer: "secret" } })).rejects.toMatchObject({
    code: "UPSTREAM_MALFORMED",
  });
  expect(other.seen).toEqual([]);
});

test("a file above the size limit is skipped, and the others are read", async () => {
  const large: Handler = (_request, response) => {
    response.writeHead(200, { "content-type": "application/xml" });
    response.on("error", () => undefined);
    const piece = Buffer.alloc(1024 * 1024, 32);
    const send = (left: number): void =>
      void (left === 0 || response.destroyed ? response.end() : response.write(piece, () => send(left - 1)));
    send(40);
  };
  await using bank = await useAddress({
    "/statements": answer([{ name: "large.xml" }, { name: "b.xml" }]),
    "/statements/large.xml": large,
    "/statements/b.xml": answer("<b/>", { "content-type": "text/xml" }),
  });
  const messages = await readOnce({ url: bank.url });
  expect(messages.filter(({ type }) => type === "malformed")).toMatchObject([{ externalId: "file large.xml" }]);
  expect(filesOf(messages)).toEqual(["b.xml"]);
  expect(lastCursor(messages)).toEqual({ after: "b.xml", etag: null });
});

test("a list whose links form a cycle does not cause an endless read (F28)", async () => {
  await using bank = await useAddress({
    "/statements": answer({ files: [{ name: "a.xml" }], next: "/statements?page=2" }),
    "/statements?page=2": answer({ files: [{ name: "b.xml" }], next: "/statements?page=2" }),
  });
  await expect(readOnce({ url: bank.url })).rejects.toMatchObject({ code: "UPSTREAM_MALFORMED" });
});

test.each([
  [{ bearer: "t" }, "authorization", "Bearer t"],
  [{ basic: { user: "u", password: "p" } }, "authorization", "Basic dTpw"],
  [{ header: { name: "X-Api-Key", value: "k" } }, "x-api-key", "k"],
])("the address is called with the header of auth %j", async (auth, name, value) => {
  let sent: unknown;
  await using bank = await useAddress({
    "/statements": (request, response) => {
      sent = request.headers[name];
      answer("", {}, 204)(request, response);
    },
  });
  await readOnce({ url: bank.url, auth });
  expect(sent).toBe(value);
});

test.each([
  [{ archiveFolder: "/a" }, "archiveFolder"],
  [{ folder: "/a", archiveFolder: "/a/" }, "archiveFolder"],
  [{ auth: { bearer: "t" } }, "auth"],
  [{ url: "ftp://bank" }, "url"],
  [{ url: "https://bank", auth: { token: "t" } }, "auth"],
])("settings %j are refused, and the message names the setting", (settings, path) => {
  expect(connector.config.safeParse(settings).error?.issues[0]?.path[0]).toBe(path);
});
