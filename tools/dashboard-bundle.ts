import { readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import { build } from "vite";

const ROOT = join(import.meta.dirname, "../dashboard");
/** Where the server expects it. */
export const BUNDLE = join(ROOT, "dist");
const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

export interface BundleSize {
  /** Scripts and styles that the first page loads, compressed by Brotli. */
  readonly firstPageBytes: number;
}

/**
 * Builds the dashboard into a folder, with a compressed copy of each file. What is in the folder is replaced at once, so a
 * service that is running always finds a complete bundle.
 */
export async function buildDashboard(folder = BUNDLE): Promise<BundleSize> {
  const outDir = `${folder}.${process.pid}`;
  try {
    const size = await buildInto(outDir);
    await rm(folder, { recursive: true, force: true });
    await rename(outDir, folder);
    return size;
  } finally {
    await rm(outDir, { recursive: true, force: true });
  }
}

async function buildInto(outDir: string): Promise<BundleSize> {
  await build({
    root: ROOT,
    configFile: false,
    envFile: false,
    logLevel: "silent",
    oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
    // An inlined file would be a `data:` URL, which the content security policy refuses.
    build: { outDir, emptyOutDir: true, assetsInlineLimit: 0, modulePreload: { polyfill: false }, target: "es2024" },
  });
  await rm(join(outDir, ".vite"), { recursive: true, force: true });
  const names = await readdir(outDir, { recursive: true, encoding: "utf8" });
  const files = names.filter((name) => /\.(html|js|css|svg)$/.test(name));
  const sizes = new Map<string, number>();
  for (const name of files) sizes.set(name, await writeCompressed(join(outDir, name)));
  const html = await readFile(join(outDir, "index.html"), "utf8");
  const loaded = [...sizes].filter(([name]) => html.includes(name));
  return { firstPageBytes: loaded.reduce((sum, [, bytes]) => sum + bytes, 0) };
}

/** Writes `NAME.br` and `NAME.gz`, and returns the size of the first one. */
async function writeCompressed(path: string): Promise<number> {
  const content = await readFile(path);
  const params = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY };
  const brotli = await compressBrotli(content, { params });
  await writeFile(`${path}.br`, brotli);
  await writeFile(`${path}.gz`, await compressGzip(content, { level: 9 }));
  return brotli.byteLength;
}
