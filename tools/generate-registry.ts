import { parseArgs } from "node:util";
import { writeRegistries } from "./registry.ts";

const { values } = parseArgs({
  options: { root: { type: "string", default: new URL("..", import.meta.url).pathname } },
});
for (const path of await writeRegistries(values.root)) console.log(`wrote ${path}`);
