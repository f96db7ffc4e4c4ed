import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** A folder's name: lower case, never changes, part of stored keys. */
export const FOLDER_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

/** A generated file and its expected contents. */
export interface RegistryFile {
  readonly path: string;
  readonly text: string;
}

/** `north-bank` as an identifier: `northBank`. */
export function identifierOf(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_dash, letter: string) => letter.toUpperCase());
}

/** The registries according to the folders below `root`. Writes nothing. */
export async function buildRegistries(root: string): Promise<readonly RegistryFile[]> {
  return [await connectorRegistry(root), await sandboxRegistry(root)];
}

/** Rewrites the registries below `root`; returns the files that changed. */
export async function writeRegistries(root: string): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const { path, text } of await buildRegistries(root)) {
    if ((await readFile(path, "utf8").catch(() => "")) === text) continue; // a missing file counts as different
    await writeFile(path, text);
    changed.push(path);
  }
  return changed;
}

async function connectorRegistry(root: string): Promise<RegistryFile> {
  const folder = join(root, "src/connectors");
  return render(folder, {
    type: `import type { AnyConnector } from "../connector-api/connector.ts";`,
    names: await foldersExporting(folder, () => "connector"),
    exportOf: () => "connector",
    doc: "Every connector by its name. Look names up with `Object.hasOwn`: they come from outside.",
    declaration: "connectors: Readonly<Record<string, AnyConnector>>",
  });
}

async function sandboxRegistry(root: string): Promise<RegistryFile> {
  const folder = join(root, "sandbox");
  const exportOf = (name: string): string => `${identifierOf(name)}Sandbox`;
  return render(folder, {
    type: `import type { Sandbox } from "./shared/sandbox.ts";`,
    names: await foldersExporting(folder, exportOf),
    exportOf,
    doc: "Every sandbox by the name of the connector that it stands in for. Look names up with `Object.hasOwn`.",
    declaration: "sandboxes: Readonly<Record<string, Sandbox>>",
  });
}

/** Folders with an `index.ts`, sorted, so that the same folders always give the same bytes. */
async function foldersExporting(folder: string, exportOf: (name: string) => string): Promise<readonly string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith(".")).map(({ name }) => name);
  const found: string[] = [];
  for (const name of names.toSorted((a, b) => (a < b ? -1 : 1))) {
    const index = await readFile(join(folder, name, "index.ts"), "utf8").catch(() => undefined);
    if (index === undefined) continue; // being written, or not a member: sandbox/shared
    if (!FOLDER_NAME.test(name))
      throw new TypeError(`${join(folder, name)}: the name must match ${FOLDER_NAME.source}`);
    const exportName = exportOf(name);
    if (!new RegExp(`^export (?:const ${exportName}\\b|\\{[^}]*\\b${exportName}\\b)`, "m").test(index)) {
      throw new TypeError(`${join(folder, name, "index.ts")} must export ${exportName}`);
    }
    found.push(name);
  }
  return found;
}

interface Rendering {
  readonly type: string;
  readonly names: readonly string[];
  readonly exportOf: (name: string) => string;
  readonly doc: string;
  readonly declaration: string;
}

function render(folder: string, { type, names, exportOf, doc, declaration }: Rendering): RegistryFile {
  const imports = names.map((name) => {
    const exported = exportOf(name);
    const local = identifierOf(name);
    return `import { ${exported === local ? local : `${exported} as ${local}`} } from "./${name}/index.ts";`;
  });
  const entries = names.map((name) =>
    identifierOf(name) === name ? `  ${name},` : `  "${name}": ${identifierOf(name)},`,
  );
  const lines = [
    "// Generated from the folders beside this file by tools/generate-registry.ts. Do not edit.",
    type,
    ...imports,
    "",
    `/** ${doc} */`,
    `export const ${declaration} = {`,
    ...entries,
    "};",
  ];
  return { path: join(folder, "registry.generated.ts"), text: `${lines.join("\n")}\n` };
}
