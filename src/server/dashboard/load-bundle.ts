import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { extname, join } from "node:path";
import { ENCODINGS, staticContent, type StaticContent } from "../http/static-content.ts";

/** Folder of the built files in the bundle, and their URL path. */
export const ASSETS_PATH = "/assets";

/** The dashboard as `npm run build:dashboard` has built it. */
export interface Bundle {
  readonly page: StaticContent;
  /** Files that the page loads, by URL path. Each path contains the hash of its content. */
  readonly assets: ReadonlyMap<string, StaticContent>;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};
/** Endings of the files that the build has compressed. */
const ENDINGS = { br: ".br", gzip: ".gz" } as const;

/** Returns when the bundle was built, in epoch milliseconds; undefined if it never was. */
export const builtAt = (folder: string): number | undefined =>
  statSync(join(folder, "index.html"), { throwIfNoEntry: false })?.mtimeMs;

/** Reads a bundle that was built. */
export function loadBundle(folder: string): Bundle {
  const names = readdirSync(join(folder, ASSETS_PATH)).filter((name) => Object.hasOwn(TYPES, extname(name)));
  const load = (path: string): StaticContent => read(join(folder, path));
  return {
    page: load("index.html"),
    assets: new Map(names.map((name) => [`${ASSETS_PATH}/${name}`, load(`${ASSETS_PATH}/${name}`)])),
  };
}

function read(path: string): StaticContent {
  const compressed = ENCODINGS.map((encoding) => [encoding, `${path}${ENDINGS[encoding]}`] as const)
    .filter(([, file]) => existsSync(file))
    .map(([encoding, file]) => [encoding, readFileSync(file)] as const);
  return staticContent(TYPES[extname(path)] ?? "application/octet-stream", readFileSync(path), new Map(compressed));
}
