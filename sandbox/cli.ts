import { parseArgs } from "node:util";
import { z } from "zod";
import { sandboxes } from "./registry.generated.ts";
import type { Sandbox } from "./shared/sandbox.ts";

// Runs one sandbox as a process of its own:
//   node sandbox/cli.ts stripe --port 12111 --seed 1 --payments 2000 [--state FILE] [--activity-ms 3000]

const number = z.string().regex(/^\d+$/u, "must be a whole number").transform(Number);
const schema = z.object({
  port: number,
  seed: number,
  payments: number,
  state: z.string().optional(),
  "activity-ms": number.optional(),
});

function findSandbox(name: string): Sandbox {
  const found = Object.hasOwn(sandboxes, name) ? sandboxes[name] : undefined;
  if (found !== undefined) return found;
  throw new RangeError(`there is no sandbox "${name}"; the existing ones are: ${Object.keys(sandboxes).join(", ")}`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      port: { type: "string", default: "0" },
      seed: { type: "string", default: "1" },
      payments: { type: "string", default: "2000" },
      state: { type: "string" },
      "activity-ms": { type: "string" },
    },
  });
  const settings = schema.parse(values);
  const sandbox = findSandbox(positionals[0] ?? "");
  const running = await sandbox.start({
    port: settings.port,
    seed: settings.seed,
    payments: settings.payments,
    ...(settings.state === undefined ? {} : { statePath: settings.state }),
    ...(settings["activity-ms"] === undefined ? {} : { activityMs: settings["activity-ms"] }),
  });
  process.stdout.write(`sandbox ${sandbox.name} ready ${running.url}\n`);
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => void running.close());
}

await main();
