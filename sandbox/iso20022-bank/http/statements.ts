import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Handler } from "../../shared/listen.ts";
import { sendJson } from "../../shared/send-json.ts";
import { wrongDate } from "../../shared/wrong-date.ts";
import type { Bank } from "../bank/bank.ts";
import type { CounterBook } from "./counters.ts";
import type { HttpFaults } from "./faults.ts";
import type { RateLimit } from "./rate-limit.ts";
import { sendFile } from "./send-file.ts";

/** Number of files on one page of the list. */
export const PAGE_SIZE = 50;

export interface StatementsOptions {
  readonly bank: Bank;
  readonly token: string;
  readonly faults: HttpFaults;
  readonly limit: RateLimit;
  readonly counters: CounterBook;
  readonly nowMs: () => number;
  readonly signal: AbortSignal;
}

/** `GET /statements` and `GET /statements/NAME`. */
export function createStatements(options: StatementsOptions): Handler {
  return async (request, response) => {
    const url = new URL(request.url ?? "/", "http://sandbox");
    const name = decodeURIComponent(url.pathname.replace(/^\/statements\/?/u, ""));
    const what = name === "" ? "list" : name;
    // Also when the connection closes before the response is sent.
    response.once("close", () => options.counters.count(response.statusCode, what));
    const date = wrongDate(options.faults, url.pathname);
    if (date !== undefined) response.setHeader("Date", date);
    if (await refused(options, { request, response, path: url.pathname })) return;
    if (request.method !== "GET" && request.method !== "HEAD")
      sendJson(response, 405, error("only GET"), { Allow: "GET" });
    else if (!/^\/statements(?:\/|$)/u.test(url.pathname)) sendJson(response, 404, error("no such path"));
    else if (name === "") await sendList(options.bank, url.searchParams.get("after"), response);
    else await sendNamed(options, { name, request, response });
  };
}

const error = (message: string): object => ({ error: { message } });

/** Checks everything that precedes the response. True when the request was answered here. */
async function refused(
  { token, faults, limit, nowMs, signal }: StatementsOptions,
  {
    request,
    response,
    path,
  }: { readonly request: IncomingMessage; readonly response: ServerResponse; readonly path: string },
): Promise<boolean> {
  const latency = faults.strike("latencyMs", path);
  // closing: no need to wait
  if (latency !== undefined) await sleep(latency.value, undefined, { signal }).catch(() => undefined);
  if (request.headers.authorization !== `Bearer ${token}` || faults.strike("unauthorized", path) !== undefined) {
    sendJson(response, 401, error("unknown token"), { "WWW-Authenticate": "Bearer" });
    return true;
  }
  const waitS = limit.refuse(nowMs());
  const fault429 = faults.strike("rate429", path);
  if (waitS !== undefined || fault429 !== undefined) {
    sendJson(response, 429, error("too many requests"), { "Retry-After": fault429?.retryAfter ?? String(waitS) });
    return true;
  }
  if (faults.strike("dropConnection", path) !== undefined) {
    response.destroy();
    return true;
  }
  if (faults.strike("rate500", path) === undefined) return false;
  sendJson(response, 500, error("internal error"));
  return true;
}

async function sendList(bank: Bank, after: string | null, response: ServerResponse): Promise<void> {
  const files = bank.listed();
  const begin = after === null ? 0 : files.findIndex(({ name }) => name === after) + 1;
  if (after !== null && begin === 0) {
    sendJson(response, 400, error("after must name a file"));
    return;
  }
  const page = files.slice(begin, begin + PAGE_SIZE);
  const last = page.at(-1);
  const listed = await Promise.all(
    page.map(async ({ name, created, spooled }) => ({
      name,
      href: `/statements/${encodeURIComponent(name)}`,
      size: (await spooled()).size,
      created,
    })),
  );
  const isEnd = last === undefined || begin + page.length >= files.length;
  sendJson(response, 200, { files: listed, next: isEnd ? null : `/statements?after=${encodeURIComponent(last.name)}` });
}

async function sendNamed(
  { bank, faults, counters, signal }: StatementsOptions,
  {
    name,
    request,
    response,
  }: { readonly name: string; readonly request: IncomingMessage; readonly response: ServerResponse },
): Promise<void> {
  const file = bank.find(name);
  if (file === undefined) {
    sendJson(response, 404, error("no such file"));
    return;
  }
  const spooled = await file.spooled();
  const path = `/statements/${name}`;
  if (request.headers["if-none-match"] === spooled.etag) {
    response.writeHead(304, { ETag: spooled.etag }).end();
    return;
  }
  response.writeHead(200, { "Content-Type": file.mediaType, "Content-Length": spooled.size, ETag: spooled.etag });
  if (request.method === "HEAD") {
    response.end();
    return;
  }
  const isTruncated = faults.strike("truncateBodies", path) !== undefined;
  const bytesPerSecond = faults.strike("slowBodies", path)?.value;
  counters.sent(await sendFile(spooled, response, { isTruncated, bytesPerSecond, signal }));
}
