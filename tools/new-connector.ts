import { parseArgs } from "node:util";
import { createConnector } from "./create-connector.ts";

const ROOT = new URL("..", import.meta.url).pathname;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { root: { type: "string", default: ROOT } },
});
const [name = "", ...more] = positionals;
try {
  if (more.length > 0) throw new TypeError("exactly one argument is required: the connector's name");
  const folder = await createConnector({ name, root: values.root });
  console.log(`created ${folder}

1. wire.ts, map.ts: the upstream's fields and what they mean; put recorded objects into fixtures/.
2. config.ts, client.ts, read.ts, fetch.ts: requests, paging and resuming.
3. Webhooks, if the upstream sends any: "webhook" in index.ts; src/connectors/stripe is an example.
4. npm test -- src/connectors/${name} test/conformance: its tests, and the rules for every connector.
5. For the full conformance suite: a sandbox in sandbox/${name}, and its expected objects in fixtures/conformance.ts.
6. README.md: limits and known deviations, with links.`);
} catch (reason) {
  console.error(reason instanceof Error ? reason.message : reason);
  process.exitCode = 1;
}
