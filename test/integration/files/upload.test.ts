import { afterAll, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { connect } from "node:net";
import { gzipSync } from "node:zlib";
import { fileOf, fileScript, fileSource, NEWER } from "../../fakes/file-connector.ts";
import { eventually } from "../../helpers/eventually.ts";
import { type FileService, startFileService } from "../../helpers/file-service.ts";
import { type TestStore, useStore } from "../../helpers/store.ts";
import { zipOf } from "../../helpers/zip.ts";

const MAX_BYTES = 400_000;

const script = fileScript({ maxBytes: MAX_BYTES });
let store: TestStore;
let service: FileService;

beforeAll(async () => {
  store = await useStore();
  service = await startFileService({
    connection: store.connection,
    sources: [fileSource(script), fileSource(script, { id: "foreign", tenantId: "umbrella" })],
  });
});
beforeEach(async () => {
  script.onRead = () => undefined;
  script.knowsNewVersion = false;
  for (const table of ["files", "file_chunks", "quarantined_records", "statement_parts", "events"]) {
    await service.query(`delete from ${table}`);
  }
});
afterAll(async () => {
  await service[Symbol.asyncDispose]();
  await store[Symbol.asyncDispose]();
});

const rows = () =>
  service.query('select name, status, refusal, line, "column", size::int, origin from files order by received_at, id');
const stored = async () =>
  (await service.query("select statement_id from statement_parts order by 1")).map((row) => row["statement_id"]);

async function bytesOf(id: string, headers: Record<string, string> = {}): Promise<[number, string, string]> {
  const response = await fetch(`${service.url}/files/${id}`, { headers });
  return [response.status, response.headers.get("content-type") ?? "", await response.text()];
}

describe("PUT /files/{sourceId}", () => {
  test("answers 201 with the stored content, and 200 for the same content under another name", async () => {
    const first = await service.put("bank", fileOf("a", "b"), { "x-file-name": "Ausz%C3%BCge/M%C3%A4rz.xml" });
    expect(first.status).toBe(201);
    expect(first.body).toEqual({
      outcome: "STORED",
      file: {
        id: expect.stringMatching(/^fil_[\w-]{22}$/),
        name: "März.xml",
        contentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        size: 44,
      },
      statements: [
        expect.objectContaining({ statementId: "a", isBalanced: null }),
        expect.objectContaining({ statementId: "b" }),
      ],
      transactions: { created: 2, known: 0 },
      quarantined: 0,
    });
    const again = await service.put("bank", fileOf("a", "b"), { "x-file-name": "again.xml" });
    expect([again.status, again.body]).toEqual([200, { ...first.body, outcome: "REPEATED" }]);
    expect(await rows()).toEqual([
      { name: "März.xml", status: "STORED", refusal: null, line: null, column: null, size: 44, origin: "UPLOAD" },
    ]);
    expect(await bytesOf(first.body.file.id)).toEqual([200, "application/xml", fileOf("a", "b")]);
  });

  test("distinguishes new content under the same name from a repetition, and gives a file without a name one (F87)", async () => {
    const answers = [
      await service.put("bank", fileOf("a"), { "x-file-name": "x.xml" }),
      await service.put("bank", fileOf("a2"), { "x-file-name": "x.xml" }),
      await service.put("bank", fileOf("a3")),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
    expect(answers[2]?.body.file.name).toMatch(/^bank-\d{4}-.*Z$/);
    expect(await stored()).toEqual(["bank a", "bank a2", "bank a3"]);
  });

  test.each([
    ["truncated", fileOf("x").slice(0, -3), "NOT_WELL_FORMED", { line: 3, column: 5 }],
    ["with bytes after its end", `${fileOf("x")}\nmore`, "NOT_WELL_FORMED", { line: 3, column: 1 }],
    ["of another format", "<pain/>", "NOT_CAMT", { line: 1, column: 1 }],
    ["of an unknown version", NEWER, "UNSUPPORTED_VERSION", null],
    ["empty", "", "EMPTY", null],
  ])(
    "refuses a file %s as a whole, keeps its bytes and the position, and changes no stored data (F80)",
    async (_what, text, reason, position) => {
      await service.put("bank", fileOf("before"));
      const refused = await service.put("bank", text, { "x-file-name": "bad.xml" });
      expect(refused.status).toBe(422);
      expect(refused.body).toEqual({
        errors: [
          {
            message: expect.any(String),
            extensions: {
              code: "FILE_REFUSED",
              cause: "FORMAT_MISMATCH",
              source: "bank",
              retryable: false,
              retryAfterMs: null,
              requestId: expect.any(String),
              reason,
              position,
            },
          },
        ],
        file: expect.objectContaining({ name: "bad.xml" }),
        outcome: "REFUSED",
      });
      expect(await stored()).toEqual(["bank before"]);
      expect((await bytesOf(refused.body.file.id))[2]).toBe(text);
      const path = position === null ? "" : `line ${position.line}, column ${position.column}`;
      const quarantined =
        "select path, problem, raw_hash, status, occurrences::int, entity_type, code from quarantined_records";
      const expected = {
        path,
        problem: expect.stringContaining(reason),
        raw_hash: refused.body.file.contentHash,
        status: "OPEN",
        occurrences: 1,
        entity_type: "Statement",
        code: "UPSTREAM_MALFORMED",
      };
      expect(await service.query(quarantined)).toEqual([expected]);
      expect((await service.put("bank", text, { "x-file-name": "bad.xml" })).status).toBe(422);
      expect(await service.query(quarantined)).toEqual([{ ...expected, occurrences: 2 }]);
      const opened = reason === "UNSUPPORTED_VERSION" ? [{ kind: "FindingOpened" }] : []; // another contract (F26)
      expect(await service.query("select kind from events")).toEqual([{ kind: "RecordQuarantined" }, ...opened]);
    },
  );

  test("accepts a refused file that is readable now, uploaded again or replayed, and closes its quarantine", async () => {
    const { body } = await service.put("bank", NEWER);
    const open = "select status from quarantined_records";
    await service.files.replay("acme", body.file.id);
    expect(await service.query(open)).toEqual([{ status: "OPEN" }]);
    script.knowsNewVersion = true;
    expect((await service.put("bank", NEWER)).status).toBe(201);
    expect(await service.query(open)).toEqual([{ status: "RESOLVED" }]);
    script.knowsNewVersion = false;
    await service.query(
      "update files set status = 'REFUSED', refusal = 'UNSUPPORTED_VERSION', result = null, finished_at = null",
    );
    script.knowsNewVersion = true;
    await service.files.replay("acme", body.file.id);
    await eventually("it is stored", async () => (await rows())[0]?.["status"] === "STORED");
    await expect(service.files.replay("umbrella", body.file.id)).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  test("accepts gzip, limited by its decompressed size, and reports damaged data", async () => {
    const encoded = { "content-encoding": "gzip" };
    expect((await service.put("bank", gzipSync(fileOf("z")), encoded)).status).toBe(201);
    expect((await service.put("bank", gzipSync(Buffer.alloc(50_000_000)), encoded)).status).toBe(413);
    const cut = await service.put("bank", gzipSync(fileOf("cut")).subarray(0, -9), encoded);
    expect([cut.status, cut.body.errors[0].extensions.code]).toEqual([400, "INVALID_INPUT"]);
    expect((await service.put("bank", fileOf("q"), { "content-encoding": "br" })).status).toBe(400);
    expect(await stored()).toEqual(["bank z"]);
  });

  test.each(["a%00b.xml", "a%0Ab.xml", "%ff.xml", "%zz", "dir/", "..", "%2e", "x".repeat(201)])(
    "refuses the name %s",
    async (name) => {
      const { status, body } = await service.put("bank", fileOf("a"), { "x-file-name": name });
      expect([status, body.errors[0].extensions.code]).toEqual([400, "INVALID_INPUT"]);
      expect(await rows()).toEqual([]);
    },
  );

  test("removes directories from a name, in any notation", async () => {
    const names = ["../../etc/passwd", "C:%5Ctemp%5Cx.xml", "%2e%2e%2fy.xml"];
    const answers = await Promise.all(
      names.map((name, index) => service.put("bank", fileOf(`n${index}`), { "x-file-name": name })),
    );
    expect(answers.map(({ body }) => body.file.name)).toEqual(["passwd", "x.xml", "y.xml"]);
  });

  test("answers 404 equally for an unknown source, one of another tenant, and one that accepts no files, and for their files", async () => {
    for (const id of ["nobody", "foreign", "__proto__"]) {
      const { status, headers, body } = await service.put(id, fileOf("a"));
      expect([status, body]).toEqual([
        404,
        { errors: [expect.objectContaining({ message: "this source does not exist or accepts no files" })] },
      ]);
      expect(body.errors[0].extensions).toMatchObject({
        code: "NOT_FOUND",
        requestId: headers.get("x-request-id"),
      });
    }
    const own = await service.put("foreign", fileOf("a"), { "x-sluice-tenant": "umbrella" });
    expect(own.status).toBe(201);
    expect((await bytesOf(own.body.file.id))[0]).toBe(404);
    expect((await bytesOf(own.body.file.id, { "x-sluice-tenant": "umbrella" }))[0]).toBe(200);
    expect((await bytesOf("fil_nothing"))[0]).toBe(404);
  });

  test("refuses too many bytes before reading when they are announced, else at the limit, and the client gets the response", async () => {
    const announced = await service.put("bank", Buffer.alloc(30_000_000));
    expect([announced.status, announced.body.errors]).toMatchObject([
      413,
      [{ message: "a file of this source must have at most 400000 bytes", extensions: { code: "PAYLOAD_TOO_LARGE" } }],
    ]);
    const endless = await raw((write) => {
      write("PUT /files/bank HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
      for (let index = 0; index < 40; index += 1) write(`4000\r\n${"x".repeat(0x4000)}\r\n`);
    });
    expect(endless).toMatch(/^HTTP\/1\.1 413 /);
    const waiting = await raw((write) =>
      write(`PUT /files/bank HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\nab`),
    );
    expect(waiting).toMatch(/^HTTP\/1\.1 413 /);
    expect(
      (await service.put("bank", `${fileOf("full")}${" ".repeat(MAX_BYTES + 1 - fileOf("full").length)}`)).status,
    ).toBe(413);
    expect((await service.put("bank", " ".repeat(MAX_BYTES))).status).toBe(422);
    expect((await rows()).length).toBe(1);
  });

  test("keeps nothing when the client disconnects during the upload", async () => {
    const socket = connect(Number(new URL(service.url).port), "127.0.0.1");
    socket.write(
      `PUT /files/bank HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${fileOf("gone").length}\r\n\r\n<camt>`,
    );
    await eventually("it comes in", async () => (await service.incoming()).length === 1);
    socket.destroy();
    await eventually("it is gone", async () => (await service.incoming()).length === 0);
    expect(await rows()).toEqual([]);
  });

  test("applies the file of a client that disconnects after the upload", async () => {
    const reading = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    script.onRead = () => {
      reading.resolve();
      return goOn.promise;
    };
    const socket = connect(Number(new URL(service.url).port), "127.0.0.1");
    socket.write(
      `PUT /files/bank HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${fileOf("left").length}\r\n\r\n${fileOf("left")}`,
    );
    await reading.promise;
    socket.destroy();
    goOn.resolve();
    await eventually("it is stored", async () => (await rows())[0]?.["status"] === "STORED");
    expect(await stored()).toEqual(["bank left"]);
    expect(await service.incoming()).toEqual([]);
  });

  test("answers 202 while the source is paused, and applies the file when it is resumed", async () => {
    await service.query("update sources set status = 'PAUSED' where id = 'bank'");
    const { status, body } = await service.put("bank", fileOf("later"));
    expect([status, body]).toEqual([202, { outcome: "ACCEPTED", file: expect.anything() }]);
    expect(await stored()).toEqual([]);
    await service.query("update sources set status = 'ACTIVE' where id = 'bank'");
    service.wakeUps.sourceResumed({ id: "bank", tenantId: "acme" });
    await eventually("it is stored", async () => (await stored()).length === 1);
  });

  test("is refused to pages of other host names that resolve to this address", async () => {
    const answer = await raw(
      (write) => write("PUT /files/bank HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 0\r\n\r\n"),
      "HTTP",
    );
    expect(answer).toMatch(/^HTTP\/1\.1 403 /);
  });
});

describe("a ZIP archive", () => {
  test("is its members, under any name; files of operating systems are skipped, and a repetition is reported", async () => {
    await service.put("bank", fileOf("known"));
    const archive = zipOf(
      { name: "b/two.xml", bytes: fileOf("two") },
      { name: "one.xml", bytes: fileOf("one"), method: 0 },
      { name: "one.xml", bytes: fileOf("three") },
      { name: "known.xml", bytes: fileOf("known") },
      { name: "note.txt", bytes: "hello" },
      { name: "__MACOSX/._one.xml", bytes: "x" },
      { name: ".DS_Store", bytes: "x" },
      { name: "b/", bytes: "" },
    );
    const { status, body } = await service.put("bank", archive, { "x-file-name": "all.xml" });
    expect(status).toBe(201);
    expect(
      body.files.map(({ outcome, file }: { outcome: string; file: { name: string } }) => [outcome, file.name]),
    ).toEqual([
      ["STORED", "all.xml/b/two.xml"],
      ["STORED", "all.xml/one.xml"],
      ["STORED", "all.xml/one.xml"],
      ["REPEATED", expect.stringMatching(/^bank-/)],
      ["REFUSED", "all.xml/note.txt"],
    ]);
    expect(body.errors).toMatchObject([
      { path: ["files", 4], extensions: { code: "FILE_REFUSED", reason: "NOT_CAMT", requestId: expect.any(String) } },
    ]);
    expect((await service.put("bank", archive)).status).toBe(200);
    expect((await service.put("bank", zipOf({ name: "n", bytes: "no" }))).status).toBe(422);
  });

  const big = " ".repeat(MAX_BYTES);
  test.each([
    ["a member over the limit", zipOf({ name: "big", bytes: `${big} ` })],
    ["a member with a false size", zipOf({ name: "big", bytes: `${big}${big}${big}`, claimedSize: 10 })],
    [
      "more than four times the size limit of a file",
      zipOf(...[1, 2, 3, 4, 5].map((n) => ({ name: `${n}`, bytes: `${big.slice(1)}${n}` }))),
    ],
    ["too many members", zipOf(...Array.from({ length: 1_001 }, (_, n) => ({ name: `${n}`, bytes: `${n}` })))],
    [
      "an archive in it",
      zipOf({ name: "ok.xml", bytes: fileOf("ok") }, { name: "in.xml", bytes: zipOf({ name: "x", bytes: "x" }) }),
    ],
    ["an encrypted member", zipOf({ name: "ok.xml", bytes: fileOf("ok") }, { name: "e", bytes: "x", flags: 1 })],
    ["another compression", zipOf({ name: "ok.xml", bytes: fileOf("ok") }, { name: "e", bytes: "x", method: 12 })],
    ["a path out of its folder", zipOf({ name: "../x.xml", bytes: fileOf("ok") })],
    ["a wrong checksum", zipOf({ name: "ok.xml", bytes: fileOf("ok") }, { name: "c.xml", bytes: fileOf("c"), crc: 1 })],
    ["its end cut off", zipOf({ name: "ok.xml", bytes: fileOf("ok") }).subarray(0, -30)],
    ["no members", zipOf()],
    ["only folders in it", zipOf({ name: "a/", bytes: "" }, { name: ".x", bytes: "x" })],
  ])("with %s is refused as a whole", async (_what, archive) => {
    const { status, body } = await service.put("bank", archive, { "x-file-name": "a.zip" });
    expect([status, body.errors]).toMatchObject([
      422,
      [{ message: expect.any(String), extensions: { code: "FILE_REFUSED", reason: "ARCHIVE", position: null } }],
    ]);
    expect(await stored()).toEqual([]);
    expect(await rows()).toMatchObject([{ name: "a.zip", refusal: "ARCHIVE" }]);
    const response = await fetch(`${service.url}/files/${body.file.id}`);
    expect(response.headers.get("content-type")).toBe("application/zip");
    expect(Buffer.from(await response.arrayBuffer()).equals(archive)).toBe(true);
  });
});

/** The beginning of the response to bytes that no HTTP client would send. */
function raw(send: (write: (text: string) => void) => void, until = "}"): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const socket = connect(Number(new URL(service.url).port), "127.0.0.1", () => send((text) => socket.write(text)));
    socket.setTimeout(10_000, () => socket.destroy(new Error("no answer")));
    socket.on("data", (chunk: Buffer) => {
      answer += chunk.toString("latin1");
      if (answer.includes(until)) socket.destroy();
    });
    socket.on("close", () => resolve(answer));
    socket.on("error", reject);
  });
}
