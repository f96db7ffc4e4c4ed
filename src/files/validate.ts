import { FileRefused } from "../connector-api/files.ts";
import type { StatementPart } from "../domain/bank.ts";
import { ServiceError } from "../domain/error.ts";
import type { Source } from "../upstream/source.ts";
import { shownText } from "./file-name.ts";
import type { Refusal } from "./file.ts";

/** What a first reading says of a file. */
export type Verdict = { readonly parts: readonly StatementPart[] } | { readonly refusal: Refusal };

/** Longest text that is kept of why a file is refused. */
const MAX_PROBLEM_CHARACTERS = 1_000;

/** Reads a file to its end, keeping nothing but what its statements say of themselves. @throws whatever is not the file's fault */
export async function validate(
  source: Source,
  file: { readonly size: number; readonly bytes: AsyncIterable<Uint8Array> },
  signal: AbortSignal,
): Promise<Verdict> {
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
  if (connector.files === undefined) throw new ServiceError("NOT_FOUND", "no files are taken here");
  return connector.files;
}

/** A refusal as it is kept and told. */
export function refusalOf({ refusal: reason, message, position }: FileRefused): Refusal {
  return { reason, problem: shownText(message).slice(0, MAX_PROBLEM_CHARACTERS).toWellFormed(), position };
}
