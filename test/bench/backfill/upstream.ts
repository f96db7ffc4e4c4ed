import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { sandboxes } from "../../../sandbox/registry.generated.ts";

/**
 * The sandbox's charges, each read from it once and then served from memory as bytes: the two contestants are
 * measured, not the server that they read from. Prints its address and the key when it is ready.
 */
const payments = Number(process.argv[2]);
const sandbox = await sandboxes["stripe"]?.start({ port: 0, seed: 1, payments });
if (sandbox === undefined) throw new Error("there is no sandbox of Stripe");
const { apiKey } = z.object({ apiKey: z.string() }).parse(sandbox.sourceConfig);
const charge = z.looseObject({ id: z.string(), created: z.int() });
const pageSchema = z.object({ data: z.array(charge), has_more: z.boolean() });

const charges: { readonly id: string; readonly created: number; readonly bytes: Buffer }[] = []; // newest first
for (let more = true; more;) {
  const after = charges.at(-1);
  const query = after === undefined ? "" : `&starting_after=${after.id}`;
  const response = await fetch(`${sandbox.url}/v1/charges?limit=100${query}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const page = pageSchema.parse(await response.json());
  for (const item of page.data) {
    charges.push({ id: item.id, created: item.created, bytes: Buffer.from(`${JSON.stringify(item)},`) });
  }
  more = page.has_more;
}
await sandbox.close();
const places = new Map(charges.map(({ id }, place) => [id, place]));

/** Index of the first charge that is older than a second: the list is in order of time. */
function firstBefore(second: number): number {
  let [low, high] = [0, charges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((charges[middle]?.created ?? 0) < second) high = middle;
    else low = middle + 1;
  }
  return low;
}

function pageOf(query: URLSearchParams): Buffer {
  const after = query.get("starting_after");
  const start = Math.max(
    after === null ? 0 : (places.get(after) ?? charges.length) + 1,
    firstBefore(Number(query.get("created[lt]") ?? Infinity)),
  );
  const end = firstBefore(Number(query.get("created[gte]") ?? -Infinity));
  const items = charges.slice(start, Math.min(end, start + 100)).map(({ bytes }) => bytes);
  const last = items.pop();
  const data = last === undefined ? [] : [...items, last.subarray(0, -1)]; // without its comma
  return Buffer.concat([
    Buffer.from('{"object":"list","url":"/v1/charges","data":['),
    ...data,
    Buffer.from(`],"has_more":${start + 100 < end}}`),
  ]);
}

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  if (pathname !== "/v1/charges") response.writeHead(404).end();
  else {
    const page = pageOf(searchParams);
    response.writeHead(200, { "content-type": "application/json", "content-length": page.length }).end(page);
  }
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  process.stdout.write(`${JSON.stringify({ baseUrl: `http://127.0.0.1:${port}`, apiKey })}\n`);
});
