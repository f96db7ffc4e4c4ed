import type { ReadInput } from "../../connector-api/connector.ts";
import type { UpstreamResponse } from "../../connector-api/client.ts";
import type { ReadMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { parseExactJson } from "../../protocols/rest/exact-json.ts";
import { resolveLink } from "../../protocols/rest/upstream-url.ts";
import { type BankConfig, authHeaders } from "./config.ts";
import type { BankCursor } from "./cursor.ts";
import { type FileList, fileList } from "./wire.ts";

type Input = ReadInput<BankConfig, BankCursor>;

/** Maximum pages: a list that links back to itself would be read forever. */
const MAX_PAGES = 10_000;

/** Yields all files at the bank's address that were not read yet. Files from folders and uploads arrive separately. */
export async function* readAddress(input: Input): AsyncGenerator<ReadMessage<BankCursor>> {
  const { url } = input.config;
  const start: BankCursor = input.cursor ?? { after: null, etag: null };
  if (url === undefined) {
    yield checkpoint(start);
    return;
  }
  const address = new URL(url);
  const first = new URL(url);
  if (start.after !== null) first.searchParams.set("after", start.after);
  const answer = await get(input, first, start.etag === null ? {} : { "if-none-match": start.etag }, [204, 304, 404]);
  if (answer.status !== 200) {
    yield checkpoint(start);
    return;
  }
  if (isList(answer)) yield* readList(input, address, parseList(answer), start);
  else yield* readOne(answer, address, start);
}

async function* readOne(
  answer: UpstreamResponse,
  address: URL,
  start: BankCursor,
): AsyncGenerator<ReadMessage<BankCursor>> {
  yield { type: "file", name: nameOf(address), bytes: answer.body };
  yield checkpoint({ ...start, etag: answer.headers["etag"] ?? null });
}

async function* readList(
  input: Input,
  address: URL,
  list: FileList,
  start: BankCursor,
): AsyncGenerator<ReadMessage<BankCursor>> {
  let cursor = start;
  const seen = new Set<string>();
  for (let page: FileList | undefined = list; page !== undefined;) {
    for (const { name, href } of page.files) {
      const file = await readFile(input, within(address, href ?? name), name);
      if (file !== undefined) yield file;
      cursor = { after: name, etag: null };
      yield checkpoint(cursor);
    }
    page = await nextPage(input, address, page, seen);
  }
  yield checkpoint(cursor);
}

/**
 * Reads a file; undefined if the bank has removed it since it was listed. A file that cannot be read completely fails
 * alone.
 */
async function readFile(input: Input, address: URL, name: string): Promise<ReadMessage<BankCursor> | undefined> {
  try {
    const { status, body } = await get(input, address, {}, [404, 410]);
    return status === 200 ? { type: "file", name, bytes: body } : undefined;
  } catch (reason) {
    const { code, publicMessage } = ServiceError.from(reason);
    if (code !== "UPSTREAM_MALFORMED") throw reason;
    const payload = {
      bytes: Buffer.from(JSON.stringify({ name, href: address.pathname })),
      mediaType: "application/json",
    };
    const raw = { payload, path: "" };
    return {
      type: "malformed",
      entity: "Statement",
      externalId: `file ${name}`,
      path: "",
      problem: publicMessage,
      raw,
    };
  }
}

async function nextPage(
  input: Input,
  address: URL,
  { next, files }: FileList,
  seen: Set<string>,
): Promise<FileList | undefined> {
  if (next === null || next === undefined || files.length === 0) return undefined;
  const page = within(address, next);
  if (seen.has(page.href) || seen.size > MAX_PAGES)
    throw new ServiceError("UPSTREAM_MALFORMED", "the bank's list of files links to a page that was already read");
  seen.add(page.href);
  const answer = await get(input, page, {}, []);
  return parseList(answer);
}

function get(
  { client, config, signal }: Pick<Input, "client" | "config" | "signal">,
  { pathname, search }: URL,
  headers: Readonly<Record<string, string>>,
  acceptStatus: readonly number[],
): Promise<UpstreamResponse> {
  const accept = "application/json, application/xml, text/xml, application/zip, */*;q=0.1";
  return client.send(
    { method: "GET", path: pathname + search, headers: { accept, ...headers, ...authHeaders(config) }, acceptStatus },
    signal,
  );
}

/** Checks if the credentials work: the address responds. */
export async function checkAddress(input: Pick<Input, "client" | "config" | "signal">): Promise<void> {
  if (input.config.url !== undefined) await get(input, new URL(input.config.url), {}, [204, 304, 404]);
}

function isList({ headers, body }: UpstreamResponse): boolean {
  if (/\bjson\b/i.test(headers["content-type"] ?? "")) return true;
  const start = Buffer.from(body.subarray(0, 64)).toString("latin1").trimStart();
  return start.startsWith("{") || start.startsWith("[");
}

function parseList({ body }: UpstreamResponse): FileList {
  const parsed = fileList.safeParse(parseExactJson(body));
  if (parsed.success) return parsed.data;
  throw new ServiceError("UPSTREAM_MALFORMED", "the bank's list must be {files: [{name, href}], next}");
}

/** Resolves a link of the bank's list. */
function within(address: URL, href: string): URL {
  const base = address.pathname.endsWith("/") ? address : new URL(`${address.origin}${address.pathname}/`);
  const target = resolveLink(base, href);
  if (target !== undefined) return target;
  throw new ServiceError("UPSTREAM_MALFORMED", "the bank's list must name only files at its own host");
}

function nameOf({ pathname }: URL): string {
  return decodeURIComponent(pathname.split("/").findLast((part) => part !== "") ?? "statement");
}

function checkpoint(cursor: BankCursor): ReadMessage<BankCursor> {
  return { type: "checkpoint", cursor, progress: undefined };
}
