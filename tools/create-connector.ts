import { cp, mkdir, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { FOLDER_NAME, identifierOf, writeRegistries } from "./registry.ts";

const TEMPLATE = new URL("connector-template", import.meta.url).pathname;
const MAX_NAME_LENGTH = 40;

export interface NewConnector {
  readonly name: string;
  /** The project in which it is created. */
  readonly root: string;
}

/**
 * Copies the template to `src/connectors/NAME`, replaces its names and writes the registries. Returns the folder.
 * @throws TypeError when the name is invalid or taken
 */
export async function createConnector({ name, root }: NewConnector): Promise<string> {
  if (!FOLDER_NAME.test(name) || name.length > MAX_NAME_LENGTH) {
    throw new TypeError(
      `a connector's name must match ${FOLDER_NAME.source} and have at most ${MAX_NAME_LENGTH} characters`,
    );
  }
  const folder = join(root, "src/connectors", name);
  if (await stat(folder).catch(() => undefined)) throw new TypeError(`${folder} already exists`);
  const unfinished = join(root, "src/connectors", `.${name}`); // the registry ignores names that begin with a dot
  await mkdir(join(root, "src/connectors"), { recursive: true });
  await rm(unfinished, { recursive: true, force: true });
  await cp(TEMPLATE, unfinished, { recursive: true });
  for (const file of await readdir(unfinished, { recursive: true, withFileTypes: true })) {
    if (file.isFile()) await fillIn(join(file.parentPath, file.name), name);
  }
  await rename(unfinished, folder);
  await writeRegistries(root);
  return folder;
}

/** The template is two folders below the root and imports from `src`; a connector is in `src` itself. */
async function fillIn(path: string, name: string): Promise<void> {
  const identifier = identifierOf(name);
  const text = await readFile(path, "utf8");
  const filled = text
    .replaceAll("../../src/", "../../")
    .replaceAll("example-name", name)
    .replaceAll("exampleName", identifier)
    .replaceAll("ExampleName", identifier.charAt(0).toUpperCase() + identifier.slice(1));
  await writeFile(path, filled);
}
