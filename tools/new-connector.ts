import { parseArgs } from "node:util";
import { createConnector } from "./create-connector.ts";

const ROOT = new URL("..", import.meta.url).pathname;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { root: { type: "string", default: ROOT } },
});
const [name = "", ...more] = positionals;
try {
  if (more.length > 0) throw new TypeError("one name is all it takes");
  const folder = await createConnector({ name, root: values.root });
  console.log(`made ${folder}

1. wire.ts, map.ts: the upstream's fields and what they mean; put recorded objects into fixtures/.
2. config.ts, client.ts, read.ts, fetch.ts: how it is called, paged and resumed.
3. A webhook, if it has them: "webhook" in index.ts; src/connectors/stripe is an example.
4. npm test -- src/connectors/${name} test/conformance: what holds for every connector.
5. For the whole suite: a sandbox in src/sandbox/${name} and what it stands for in fixtures/conformance.ts.
6. README.md: limits and oddities, with links.`);
} catch (reason) {
  console.error(reason instanceof Error ? reason.message : reason);
  process.exitCode = 1;
}
