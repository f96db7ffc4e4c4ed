import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { sandboxes } from "../../../sandbox/registry.generated.ts";

/**
 * One charge of the sandbox, as many times as requested, spread over one day and served from memory: the comparison is
 * measured, not the server that it reads from. Prints its address, the key and the day when it is ready.
 */
const count = Number(process.argv[2]);
const DAY_S = 86_400;
const sandbox = await sandboxes["stripe"]?.start({ port: 0, seed: 1, payments: 20 });
if (sandbox === undefined) throw new Error("there is no sandbox of Stripe");
const { apiKey } = z.object({ apiKey: z.string() }).parse(sandbox.sourceConfig);
const listed = await fetch(`${sandbox.url}/v1/charges?limit=1`, { headers: { authorization: `Bearer ${apiKey}` } });
const [template] = z.object({ data: z.array(z.looseObject({ id: z.string() })) }).parse(await listed.json()).data;
await sandbox.close();
const startS = (Math.floor(Date.now() / 1_000 / DAY_S) - 2) * DAY_S;
const text = JSON.stringify({ ...template, id: "ID", created: "CREATED", payment_intent: null });

/** Charges by their place in the list, newest first; several of each second, so that pages end between equal times. */
const createdOf = (place: number): number => startS + DAY_S - 1 - Math.floor((place * DAY_S) / count);
const idOf = (place: number): string => `ch_bench${String(place).padStart(7, "0")}`;
const charge = (place: number): string =>
  text.replace('"ID"', JSON.stringify(idOf(place))).replace('"CREATED"', String(createdOf(place)));
const placeOf = (id: string): number => Number(id.slice("ch_bench".length));
let calls = 0;

function pageOf(query: URLSearchParams): string {
  const after = query.get("starting_after");
  const [from, to] = [Number(query.get("created[gte]") ?? 0), Number(query.get("created[lt]") ?? Infinity)];
  const items: string[] = [];
  let place = after === null ? 0 : placeOf(after) + 1;
  while (place < count && createdOf(place) >= to) place += 1;
  while (place < count && items.length < 100 && createdOf(place) >= from) items.push(charge(place++));
  const hasMore = place < count && createdOf(place) >= from;
  return `{"object":"list","url":"/v1/charges","data":[${items.join(",")}],"has_more":${hasMore}}`;
}

const EMPTY = '{"object":"list","url":"/v1/events","data":[],"has_more":false}';
const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const id = /^\/v1\/charges\/(ch_bench\d+)$/.exec(pathname)?.[1];
  const json = (body: string) => response.writeHead(200, { "content-type": "application/json" }).end(body);
  if (pathname === "/calls") json(String(calls));
  else calls += 1;
  if (pathname === "/v1/charges") json(pageOf(searchParams));
  else if (pathname === "/v1/events") json(EMPTY);
  else if (id !== undefined) json(charge(placeOf(id)));
  else if (pathname !== "/calls") json(EMPTY); // nothing of any other type
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  process.stdout.write(`${JSON.stringify({ baseUrl: `http://127.0.0.1:${port}`, apiKey, startS })}\n`);
});
