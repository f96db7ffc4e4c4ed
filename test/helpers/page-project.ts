import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";
import { build, preview, type PreviewServer } from "vite";

const run = promisify(execFile);

/** Packages that the page of a user installs. */
const INSTALLED = ["react", "react-dom"];
/** The package of ours, which is compiled as it is when it is published. */
const CLIENT = "clients/sluice-events";

export interface PageProjectOptions {
  /** Source files by name. `main.tsx` is what the page loads, unless `index.html` says otherwise. */
  readonly files: Readonly<Record<string, string>>;
  /** Further packages that the page's user installs. Default: none. */
  readonly packages?: readonly string[];
  /** URL of the server of `/graphql`. */
  readonly graphUrl: string;
}

/** A page that is bundled by Vite, as most pages with React are, and served with `/graphql` at its own origin, as by a reverse proxy. */
export interface PageProject extends AsyncDisposable {
  readonly url: string;
}

/** Bundles a page of a user in a folder of its own, and serves it. */
export async function servePage({ files, packages = [], graphUrl }: PageProjectOptions): Promise<PageProject> {
  const root = await mkdtemp(join(tmpdir(), "sluice-page-"));
  await install(root, packages);
  await writeFile(join(root, "index.html"), '<div id="root"></div><script type="module" src="/main.tsx"></script>');
  await writeFile(join(root, "tsconfig.json"), JSON.stringify({ compilerOptions: { jsx: "react-jsx" } }));
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
  const shared = { root, configFile: false, logLevel: "silent" } as const;
  await build(shared);
  const proxy = { "/graphql": { target: graphUrl, changeOrigin: true } };
  const server = await preview({ ...shared, preview: { host: "127.0.0.1", port: 0, proxy } });
  return {
    url: urlOf(server),
    async [Symbol.asyncDispose]() {
      await server.close();
      await rm(root, { recursive: true });
    },
  };
}

async function install(root: string, packages: readonly string[]): Promise<void> {
  const modules = join(root, "node_modules");
  for (const name of [...INSTALLED, ...packages]) {
    await mkdir(dirname(join(modules, name)), { recursive: true });
    await symlink(resolve("node_modules", name), join(modules, name));
  }
  const client = join(modules, "sluice-events");
  await mkdir(client);
  await cp(join(CLIENT, "package.json"), join(client, "package.json"));
  const tsc = resolve("node_modules/typescript/bin/tsc");
  await run(process.execPath, [tsc, "-p", join(CLIENT, "tsconfig.json"), "--outDir", join(client, "dist")]);
}

function urlOf({ resolvedUrls }: PreviewServer): string {
  const [url] = resolvedUrls?.local ?? [];
  if (url === undefined) throw new Error("the server of the page does not listen");
  return url;
}
