import { readFileSync } from "node:fs";
import { ServiceError } from "../../domain/error.ts";
import { type Contract, parseContract } from "../../protocols/protobuf/contract.ts";

type ReadContract =
  | { readonly contract: Contract; readonly problem: undefined }
  | { readonly contract: undefined; readonly problem: string };

/** Reads the contract of a file with a descriptor set, or returns what is wrong with it. */
export function readContract(file: string): ReadContract {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(file);
  } catch (reason) {
    return { contract: undefined, problem: `must be a file that can be read, got ${codeOf(reason)}` };
  }
  try {
    return { contract: parseContract(bytes), problem: undefined };
  } catch (reason) {
    return { contract: undefined, problem: ServiceError.from(reason).publicMessage };
  }
}

function codeOf(reason: unknown): string {
  return (reason as NodeJS.ErrnoException).code ?? "an error"; // an error of the file system
}
