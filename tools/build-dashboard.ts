import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/**
 * Builds the dashboard into dashboard/dist. With `--if-possible`, which `npm install` runs, an install without
 * development dependencies is no error: it keeps the bundle that it has, and says how to build one if it has none.
 */
const isOptional = process.argv.includes("--if-possible");
const require = createRequire(import.meta.url);

function isInstalled(name: string): boolean {
  try {
    require.resolve(`${name}/package.json`);
    return true;
  } catch {
    return false;
  }
}

async function run(): Promise<void> {
  if (!isInstalled("vite")) {
    const isBuilt = existsSync(join(import.meta.dirname, "../dashboard/dist/index.html"));
    if (isOptional && isBuilt) return;
    const how = "run `npm install && npm run build:dashboard`";
    process.stderr.write(
      `sluice: the dashboard is not built, because Vite, a development dependency, is missing: ${how}\n`,
    );
    if (!isOptional) process.exitCode = 1;
    return;
  }
  const { buildDashboard } = await import("./dashboard-bundle.ts");
  const { firstPageBytes } = await buildDashboard();
  if (!isOptional) process.stdout.write(`dashboard/dist is built: ${firstPageBytes} bytes, compressed\n`);
}

try {
  await run();
} catch (reason) {
  process.stderr.write(
    `sluice: the dashboard could not be built: ${reason instanceof Error ? reason.message : String(reason)}\n`,
  );
  process.exitCode = 1;
}
