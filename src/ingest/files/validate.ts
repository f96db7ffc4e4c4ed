import { FileRefused } from "../../connector-api/files.ts";
import type { StatementPart } from "../../domain/bank.ts";
import { ServiceError } from "../../domain/error.ts";
import type { Source } from "../../sources/source.ts";
import { printableText } from "./file-name.ts";
import type { FileProblem } from "./file.ts";

/** Result of the first parse of a file. */
export type ValidationResult = { readonly parts: readonly StatementPart[] } | { readonly refusal: FileProblem };

/** Maximum length of the stored reason for a refusal. */
const MAX_PROBLEM_CHARACTERS = 1_000;

/** Parses a file to its end, keeping only the statement-level data. @throws errors that are not caused by the file */
export async function validate(
  source: Source,
  file: { readonly size: number; readonly bytes: AsyncIterable<Uint8Array> },
  signal: AbortSignal,
): Promise<ValidationResult> {
  if (file.size === 0) return { refusal: refusalOf(new FileRefused("EMPTY", "the file is empty")) };
  const { config } = source;
  const parts: StatementPart[] = [];
  try {
    for await (const message of formatOf(source).read({ config, bytes: file.bytes, entries: false, signal })) {
      if (message.type === "statement") parts.push(message.part);
    }
  } catch (reason) {
    if (reason instanceof FileRefused) return { refusal: refusalOf(reason) };
    throw reason;
  }
  return { parts };
}

/** @throws ServiceError NOT_FOUND for a source that takes no files */
export function formatOf({ connector }: Source) {
  if (connector.files === undefined)
    throw new ServiceError("NOT_FOUND", "this source does not exist or accepts no files");
  return connector.files;
}

/** Refusal in the form in which it is stored and reported. */
export function refusalOf({ refusal: reason, message, position }: FileRefused): FileProblem {
  return { reason, problem: printableText(message).slice(0, MAX_PROBLEM_CHARACTERS).toWellFormed(), position };
}
