/** `npm run bench -- NAME`: runs `test/bench/NAME.ts` and prints its result as the last line, one JSON object. */
import { readdirSync } from "node:fs";

/** What each benchmark exports. */
interface Benchmark {
  run(): Promise<Readonly<Record<string, unknown>>>;
}

const names = readdirSync(new URL(".", import.meta.url))
  .filter((file) => file.endsWith(".ts") && file !== "run.ts")
  .map((file) => file.slice(0, -".ts".length));
const name = process.argv[2] ?? "";
if (!names.includes(name)) {
  process.stderr.write(`there is no benchmark ${JSON.stringify(name)}; there are: ${names.join(", ")}\n`);
  process.exit(2);
}
const benchmark = (await import(`./${name}.ts`)) as Benchmark; // each of these files exports it
const result = await benchmark.run();
process.stdout.write(`${JSON.stringify(result)}\n`);
