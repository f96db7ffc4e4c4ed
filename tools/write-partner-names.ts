/** Writes the names of the SDL's types into docs/partners.md: `npm run codegen`. */
import { Kind, parse } from "graphql";
import { readFile, writeFile } from "node:fs/promises";
import { subgraphSdl } from "./subgraph-sdl.ts";

const DOCUMENT = new URL("../docs/partners.md", import.meta.url);
const LIST = /(<!-- output: partner-names -->\n```text\n)[^`]*(```)/;
const WIDTH = 118;
const ROOTS = ["Query", "Mutation", "Subscription"];

function typeNames(sdl: string): readonly string[] {
  return parse(sdl)
    .definitions.flatMap((one) =>
      "name" in one && one.name !== undefined && one.kind !== Kind.DIRECTIVE_DEFINITION ? [one.name.value] : [],
    )
    .filter((name) => !ROOTS.includes(name))
    .toSorted();
}

function wrapped(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length < WIDTH) lines[lines.length - 1] = `${last} ${name}`;
    else lines.push(name);
  }
  return lines.join("\n");
}

const text = await readFile(DOCUMENT, "utf8");
if (!LIST.test(text)) throw new Error("docs/partners.md has no list of names to replace");
await writeFile(DOCUMENT, text.replace(LIST, `$1${wrapped(typeNames(subgraphSdl()))}\n$2`));
