import { copyFile, open, mkdir, readFile, rename } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Writes under the final name, piece by piece: a reader that looks too early sees a part of the file. */
export interface InPlace {
  readonly pieceBytes: number;
  readonly pauseMs: number;
}

/** Puts a file into a folder: first as `.NAME.part`, then renamed in one step, or, as a fault, slowly in place. */
export async function putIntoFolder(
  source: string,
  { folder, name, inPlace }: { readonly folder: string; readonly name: string; readonly inPlace: InPlace | undefined },
): Promise<void> {
  await mkdir(folder, { recursive: true });
  if (inPlace !== undefined) {
    await writeSlowly(await readFile(source), join(folder, name), inPlace);
    return;
  }
  const part = join(folder, `.${name}.part`);
  await copyFile(source, part);
  await rename(part, join(folder, name));
}

async function writeSlowly(bytes: Buffer, path: string, { pieceBytes, pauseMs }: InPlace): Promise<void> {
  const file = await open(path, "w");
  try {
    for (let at = 0; at < bytes.length; at += pieceBytes) {
      if (at > 0) await sleep(pauseMs);
      await file.write(bytes, at, Math.min(pieceBytes, bytes.length - at));
    }
  } finally {
    await file.close();
  }
}
