import { readFile, symlink } from "node:fs/promises";
import { dirname, join, relative, resolve, sep } from "node:path";
import { z } from "zod";
import { storeUnavailable, unlessCode } from "./failure.ts";

/** The package's list of the links that an npm archive cannot hold; paths are relative to the package. */
const linkList = z.array(z.object({ source: z.string(), target: z.string() }));

/**
 * Creates the links between shared libraries that the package's install script creates, because npm may be configured
 * to run no scripts. Existing links are kept. In a package that is not writable it does nothing: the copy of it gets
 * the links.
 * @param native The package's `native` folder, or a copy of it.
 */
export async function restoreLibraryLinks(native: string): Promise<void> {
  const text = await unlessCode(readFile(join(native, "pg-symlinks.json"), "utf8"), "ENOENT");
  if (text === undefined) return;
  for (const { source, target } of parseList(text, native)) {
    const link = resolve(native, relative("native", target));
    if (!link.startsWith(native + sep)) continue; // never write outside the folder
    await unlessCode(symlink(relative(dirname(target), source), link), "EEXIST", "EACCES", "EPERM", "EROFS");
  }
}

function parseList(text: string, native: string): z.infer<typeof linkList> {
  try {
    return linkList.parse(JSON.parse(text));
  } catch (reason) {
    throw storeUnavailable(`pg-symlinks.json in ${native} is damaged: install the npm packages again`, reason);
  }
}
