import { describe, expect, test } from "@jest/globals";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { mkdtemp, readdir, readFile, rm, stat, watch } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { crc32, inflateRawSync } from "node:zlib";
import { zipOf } from "./deliver/zip.ts";
import { bytesOf, messagesOf, useBank } from "./testing.ts";

async function useFolder(): Promise<{ readonly path: string } & AsyncDisposable> {
  const path = await mkdtemp(join(tmpdir(), "bank-test-"));
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) };
}

describe("delivery to a folder", () => {
  test("files appear complete, by rename, with the bytes that the answer key describes", async () => {
    await using bank = await useBank();
    await using folder = await useFolder();
    const seen = new Set<string>();
    const watching = new AbortController();
    const watched = (async () => {
      for await (const { filename } of watch(folder.path, { signal: watching.signal })) seen.add(filename ?? "");
    })().catch(() => undefined); // ended by its signal
    await bank.control("POST", "publish", { days: [0, 1], as: "folder", folder: folder.path });
    const names = await readdir(folder.path);
    const expected = messagesOf({ days: [0, 1] });
    expect(names.toSorted()).toEqual(expected.map(({ name }) => name));
    for (const message of expected) expect(await readFile(join(folder.path, message.name))).toEqual(bytesOf(message));
    // The kernel reports it a little later; the test's own deadline ends an unsuccessful wait.
    while (names.some((name) => !seen.has(`.${name}.part`))) await setImmediate();
    watching.abort();
    await watched;
    expect(seen).toContain(names[0]);
  });

  test("with inPlace, a file grows under its own name", async () => {
    await using bank = await useBank();
    await using folder = await useFolder();
    const published = bank.control("POST", "publish", {
      day: 0,
      account: 0,
      name: "a.xml",
      as: "folder",
      folder: folder.path,
      inPlace: { pieceBytes: 20_000, pauseMs: 150 },
    });
    const size = async (): Promise<number> =>
      (await stat(join(folder.path, "a.xml")).catch(() => undefined))?.size ?? 0;
    let partial = 0;
    while (partial === 0) partial = await size();
    await published;
    expect(await size()).toBeGreaterThan(partial);
  });
});

describe("delivery by PUT", () => {
  test("sends the name, the type and the bytes, and returns the response", async () => {
    const received: {
      readonly method: string;
      readonly url: string;
      readonly name: string;
      readonly auth: string;
      readonly size: number;
    }[] = [];
    const server = createServer((request, response) => {
      void (async () => {
        let size = 0;
        for await (const chunk of request) size += Buffer.from(chunk).length;
        const { "x-file-name": name, authorization } = request.headers;
        received.push({
          method: request.method ?? "",
          url: request.url ?? "",
          name: String(name),
          auth: authorization ?? "",
          size,
        });
        response.writeHead(202).end("taken");
      })();
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    // Listening on a TCP port.
    const { port } = server.address() as AddressInfo;
    await using bank = await useBank();
    const url = `http://127.0.0.1:${port}/files/house-bank`;
    const answer = await bank.control("POST", "publish", { day: 0, as: "put", url, token: "t", zip: true });
    server.close();
    expect(answer).toMatchObject({ files: ["camt.053-00001.zip"], answers: [{ status: 202, body: "taken" }] });
    expect(received).toMatchObject([
      { method: "PUT", url: "/files/house-bank", name: "camt.053-00001.zip", auth: "Bearer t" },
    ]);
    expect(received[0]?.size).toBeGreaterThan(1000);
  });
});

describe("ZIP files", () => {
  test("the directory, the headers and the content of a ZIP agree", () => {
    const members = [
      { name: "a.xml", bytes: Buffer.from("<a/>".repeat(5000)) },
      { name: "ü/b.xml", bytes: Buffer.of() },
    ];
    const zip = zipOf(members);
    const end = zip.length - 22;
    expect(zip.readUInt32LE(end)).toBe(0x06054b50);
    expect(zip.readUInt16LE(end + 10)).toBe(2);
    let entry = zip.readUInt32LE(end + 16);
    for (const { name, bytes } of members) {
      expect(zip.readUInt32LE(entry)).toBe(0x02014b50);
      const [crc, packed, size] = [16, 20, 24].map((at) => zip.readUInt32LE(entry + at));
      const nameLength = zip.readUInt16LE(entry + 28);
      expect(zip.toString("utf8", entry + 46, entry + 46 + nameLength)).toBe(name);
      const local = zip.readUInt32LE(entry + 42);
      expect(zip.readUInt32LE(local)).toBe(0x04034b50);
      expect(zip.subarray(local + 14, local + 26)).toEqual(zip.subarray(entry + 16, entry + 28));
      const body = local + 30 + nameLength;
      expect(inflateRawSync(zip.subarray(body, body + (packed ?? 0)))).toEqual(bytes);
      expect([crc, size]).toEqual([crc32(bytes), bytes.length]);
      entry += 46 + nameLength;
    }
    expect(entry).toBe(end);
  });
});
