import { readFile, writeFile } from "node:fs/promises";
import { HISTORIC_MINOR_UNITS } from "./historic-minor-units.ts";
import { readListOne, readListThree } from "./read-lists.ts";
import { renderCurrencies } from "./render.ts";

/**
 * Generates src/domain/iso-4217.generated.ts from the two lists as SIX publishes them: `npx node
 * tools/iso-4217/generate.ts list-one.xml list-three.xml`. When a code is removed from list one, first add its minor
 * unit to historic-minor-units.ts, with the list that contained it.
 */
const OUTPUT = new URL("../../src/domain/iso-4217.generated.ts", import.meta.url);

const [listOne, listThree] = process.argv.slice(2);
if (listOne === undefined || listThree === undefined) {
  console.error("usage: npx node tools/iso-4217/generate.ts LIST-ONE.xml LIST-THREE.xml");
  process.exitCode = 2;
} else {
  const [one, three] = await Promise.all([listOne, listThree].map((path) => readFile(path, "utf8")));
  const text = renderCurrencies(readListOne(one ?? ""), readListThree(three ?? ""), HISTORIC_MINOR_UNITS);
  await writeFile(OUTPUT, text);
}
