import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { z } from "zod";
import { sandboxes } from "../../../src/sandbox/registry.generated.ts";

/**
 * The sandbox's charges, every page taken from it once and then served from memory as bytes: the two contestants are
 * measured, not the server that they read from. Prints its address and the key when it is ready.
 */
const payments = Number(process.argv[2]);
const sandbox = await sandboxes["stripe"]?.start({ port: 0, seed: 1, payments });
if (sandbox === undefined) throw new Error("there is no sandbox of Stripe");
const { apiKey } = z.object({ apiKey: z.string() }).parse(sandbox.sourceConfig);
const pageSchema = z.object({ data: z.array(z.object({ id: z.string() })), has_more: z.boolean() });

const pages = new Map<string, Buffer>();
for (let after = "", more = true; more;) {
  const query = after === "" ? "" : `&starting_after=${after}`;
  const response = await fetch(`${sandbox.url}/v1/charges?limit=100${query}`, {
    headers: { authorization: `Bearer ${apiKey}` },
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  pages.set(after, bytes);
  const page = pageSchema.parse(JSON.parse(bytes.toString()));
  after = page.data.at(-1)?.id ?? "";
  more = page.has_more;
}
await sandbox.close();

const server = createServer((request, response) => {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
  const page = pathname === "/v1/charges" ? pages.get(searchParams.get("starting_after") ?? "") : undefined;
  if (page === undefined) response.writeHead(404).end();
  else response.writeHead(200, { "content-type": "application/json", "content-length": page.length }).end(page);
});
server.listen(0, "127.0.0.1", () => {
  const { port } = server.address() as AddressInfo; // it listens on a port, not on a pipe
  process.stdout.write(`${JSON.stringify({ baseUrl: `http://127.0.0.1:${port}`, apiKey })}\n`);
});
