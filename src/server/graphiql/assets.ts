import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { staticContent, type StaticContent } from "../http/static-content.ts";

/** Path below which the assets are served. */
export const ASSETS_PATH = "/graphiql";

/** One file that the page loads. */
export interface Asset {
  /** URL path, which contains the content's hash: its content never changes. */
  readonly path: string;
  readonly content: StaticContent;
}

const require = createRequire(import.meta.url);
const OWN = import.meta.dirname;
const inPackage = (name: string, file: string): string => join(dirname(require.resolve(`${name}/package.json`)), file);

/** Builds that the packages ship, in the order in which the page needs them, then our page script. */
const SCRIPTS: Readonly<Record<string, () => string>> = {
  react: () => inPackage("react", "umd/react.production.min.js"),
  "react-dom": () => inPackage("react-dom", "umd/react-dom.production.min.js"),
  "graphql-ws": () => inPackage("graphql-ws", "umd/graphql-ws.min.js"),
  graphiql: () => inPackage("graphiql", "graphiql.min.js"),
  page: () => join(OWN, "page.js"),
};
const STYLES: Readonly<Record<string, () => string>> = {
  graphiql: () => inPackage("graphiql", "graphiql.min.css"),
  page: () => join(OWN, "page.css"),
};

/** Reads the files of the page. */
export function loadAssets(): { readonly scripts: readonly Asset[]; readonly styles: readonly Asset[] } {
  const load = (files: typeof SCRIPTS, ending: string, type: string) =>
    Object.entries(files).map(([name, file]) => {
      const content = staticContent(type, readFileSync(file()));
      return { path: `${ASSETS_PATH}/${name}-${content.hash}.${ending}`, content };
    });
  return {
    scripts: load(SCRIPTS, "js", "text/javascript; charset=utf-8"),
    styles: load(STYLES, "css", "text/css; charset=utf-8"),
  };
}
