import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";
import { ServiceError } from "../../domain/error.ts";

const run = promisify(execFile);
const { resolve } = createRequire(import.meta.url);

/** Compiling hundreds of files takes a second or two. */
const TIMEOUT_MS = 30_000;
/** Largest contract: 545 types are half a megabyte. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * Compiles the `.proto` files below a folder, without any network, to the bytes that `parseContract` reads. It needs the
 * package `@bufbuild/buf`, which a service that is given descriptor sets does without.
 * @throws ServiceError INVALID_INPUT with the compiler's message, CANCELED
 */
export async function compileProto(folder: string, signal: AbortSignal): Promise<Uint8Array> {
  const args = [compiler(), "build", folder, "--as-file-descriptor-set", "-o", "-"];
  try {
    const options = { encoding: "buffer", maxBuffer: MAX_BYTES, timeout: TIMEOUT_MS, signal } as const;
    const { stdout } = await run(process.execPath, args, options);
    return stdout;
  } catch (reason) {
    if (signal.aborted) throw new ServiceError("CANCELED", "the compilation of the contract was stopped");
    const message = reason instanceof Error && "stderr" in reason ? String(reason.stderr).trim() : String(reason);
    throw new ServiceError("INVALID_INPUT", `the .proto files cannot be compiled: ${message.slice(0, 500)}`);
  }
}

function compiler(): string {
  try {
    return resolve("@bufbuild/buf/bin/buf");
  } catch {
    throw new ServiceError(
      "INVALID_INPUT",
      "compiling .proto files needs the package @bufbuild/buf; or give the contract as a descriptor set",
    );
  }
}
