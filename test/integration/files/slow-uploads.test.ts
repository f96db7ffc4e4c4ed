import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { connect, type Socket } from "node:net";
import { Readable } from "node:stream";
import { fileOf, fileScript, fileSource } from "../../fakes/file-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FileService, startFileService } from "../../helpers/file-service.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";

const SLOW_UPLOADS = 40;
/** Half of the 32 places. */
const SHARE = 16;

let store: TestStore;
let service: FileService;
const script = fileScript({ maxBytes: 400_000 });

beforeAll(async () => {
  store = await useStore();
  service = await startFileService({
    connection: store.connection,
    sources: [fileSource(script), fileSource(script, { id: "foreign", tenantId: "umbrella" })],
  });
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

interface SlowUpload {
  readonly socket: Socket;
  answer(): string;
}

/** Begins an upload of the tenant `acme` and sends little of it. */
function beginUpload({ url }: FileService): SlowUpload {
  const { hostname, port } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  let answer = "";
  socket.on("data", (bytes) => (answer += String(bytes)));
  socket.on("error", () => undefined); // the service may close it
  socket.write(
    "PUT /files/bank HTTP/1.1\r\nhost: localhost\r\nx-sluice-tenant: acme\r\ncontent-length: 100000\r\n\r\nabc",
  );
  return { socket, answer: () => answer };
}

test("40 slow uploads of one tenant take half of the places; another tenant's upload and a folder's file are taken (F120)", async () => {
  const slow = Array.from({ length: SLOW_UPLOADS }, () => beginUpload(service));
  try {
    const refused = () => slow.filter(({ answer }) => answer().startsWith("HTTP/1.1 503"));
    await eventually("those over its share to be refused", () => refused().length === SLOW_UPLOADS - SHARE);
    expect(refused()[0]?.answer()).toMatch(/retry-after: 2\r\n[^]*"code":"OVERLOADED"/);
    const foreign = await service.put("foreign", fileOf("a"), { "x-sluice-tenant": "umbrella" });
    expect(foreign.status).toBe(201);
    const bytes = Readable.from([Buffer.from(fileOf("b"))]);
    const { signal } = new AbortController();
    const file = { tenantId: "acme", sourceId: "bank", name: "folder.xml", origin: "FOLDER", bytes, signal } as const;
    const taken = await service.files.take(file);
    expect(taken.files.map(({ outcome }) => outcome)).toEqual(["STORED"]);
  } finally {
    for (const { socket } of slow) socket.destroy();
  }
  const again = async () => (await service.put("bank", fileOf("c"))).status === 201;
  await eventually("its places to be free", again);
});

test("an upload that arrives too slowly is ended with 408, and nothing of it remains (F120)", async () => {
  await using hasty = await startFileService({
    connection: store.connection,
    sources: [fileSource(script)],
    uploadPace: { graceMs: 200, bytesPerSecond: 1_000_000 },
  });
  const slow = beginUpload(hasty);
  const trickle = setInterval(() => slow.socket.write("x"), 20); // never silent
  try {
    await eventually("the answer", () => slow.answer().includes("REQUEST_TIMEOUT"));
  } finally {
    clearInterval(trickle);
    slow.socket.destroy();
  }
  expect(slow.answer()).toMatch(/^HTTP\/1.1 408 /);
  expect(slow.answer()).toContain('"message":"the body must arrive at 1000000 bytes per second or more"');
  await eventually("the received part to be removed", async () => (await hasty.incoming()).length === 0);
});
