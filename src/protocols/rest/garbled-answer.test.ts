import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { startRawServer } from "../../../test/helpers/local-server.ts";
import { ServiceError } from "../../domain/error.ts";
import { classifyStatus } from "./classify.ts";
import { createHttp, type Http } from "./http.ts";
import { readJson } from "./read-json.ts";

const limits = { signal: new AbortController().signal, timeoutMs: 5_000, maxBytes: 100_000 };
const PAGE =
  '{"object":"list","data":[{"id":"ch_1","amount":1050},{"id":"ch_2","amount":9007199254740993}],"has_more":false}';

/** What the layers above do with a response: first its status, then its document. */
async function read(http: Http): Promise<unknown> {
  const answer = await http.send({ method: "GET", path: "/", headers: {} }, limits);
  const refusal = classifyStatus(answer, Date.now());
  if (refusal !== undefined) throw refusal;
  return readJson(answer);
}

/** Reads once from a server that responds with these bytes and closes the socket. */
async function readBytes(bytes: string): Promise<unknown> {
  await using server = await startRawServer((socket) => socket.end(bytes));
  const http = createHttp({ baseUrl: server.url, connections: 1 });
  try {
    return await read(http);
  } catch (error) {
    return error;
  } finally {
    await http.close();
  }
}

const withType = (type: string, body: string, status = "200 OK"): string =>
  `HTTP/1.1 ${status}\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

describe("the response of a proxy or a failing server is never read as a page (F25)", () => {
  test.each<[string, string, string, string]>([
    ["an empty 200", withType("application/json", ""), "UPSTREAM_GARBLED", "got nothing"],
    ["an empty 200 without a type", "HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n", "UPSTREAM_GARBLED", "got nothing"],
    ["a 204", "HTTP/1.1 204 No Content\r\n\r\n", "UPSTREAM_GARBLED", "got nothing"],
    ["an HTML 200", withType("text/html", "<html>maintenance</html>"), "UPSTREAM_GARBLED", "content type text/html"],
    ["HTML as JSON", withType("application/json", "<html></html>"), "UPSTREAM_GARBLED", "got an HTML page"],
    ["a page of another type", withType("text/plain", PAGE), "UPSTREAM_GARBLED", "content type text/plain"],
    ["an HTML 502", withType("text/html", "<html>", "502 Bad Gateway"), "UPSTREAM_UNAVAILABLE", "answered 502"],
    ["an HTML 403", withType("text/html", "<html>", "403 Forbidden"), "UPSTREAM_UNAUTHORIZED", "answered 403"],
    ["a page too short", withType("application/json", PAGE.slice(0, -9)), "UPSTREAM_GARBLED", "JSON cut off"],
    ["two pages", withType("application/json", PAGE + PAGE), "UPSTREAM_GARBLED", "broken JSON"],
  ])("%s", async (_name, bytes, code, message) => {
    const error = await readBytes(bytes);
    expect(error).toBeInstanceOf(ServiceError);
    expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  });

  test("a valid page is read completely", async () => {
    expect(await readBytes(withType("application/json", PAGE))).toMatchObject({ has_more: false });
  });
});

test("a page that ends at any byte is a temporary failure, in any framing (F25)", async () => {
  const length = Buffer.byteLength(PAGE);
  const heads = [
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n\r\n`,
    "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n", // ended by the end of the connection
    `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n${length.toString(16)}\r\n`,
  ];
  let bytes = "";
  await using server = await startRawServer((socket) => socket.end(bytes));
  const http = createHttp({ baseUrl: server.url, connections: 1 });
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...heads), fc.nat({ max: length - 1 }), async (head, end) => {
      bytes = head + PAGE.slice(0, end);
      const error = await read(http).catch((reason: unknown) => reason);
      expect(error).toBeInstanceOf(ServiceError);
      expect(error).toMatchObject({ retryable: true });
    }),
    { numRuns: 150 },
  );
  await http.close();
});
