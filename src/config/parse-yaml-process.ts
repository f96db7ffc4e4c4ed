/** The process of `parse-yaml.ts`: YAML on standard input, the same as JSON on standard output. */
import { readFileSync } from "node:fs";
import { parse } from "yaml";

process.stdout.write(JSON.stringify(parse(readFileSync(0, "utf8"))));
