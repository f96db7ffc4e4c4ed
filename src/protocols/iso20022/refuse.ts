import { type CamtRefusal, CamtRefused } from "./camt.ts";

/** Position in a file, both from 1, in characters. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/**
 * Maximum characters of the file that a message may quote: enough to find the place, too little for a name and an
 * address.
 */
const MAX_QUOTE = 24;

/** Quotes a part of the file for a message, and truncates it if it is long. */
export function quote(text: string): string {
  return JSON.stringify(text.length > MAX_QUOTE ? `${text.slice(0, MAX_QUOTE)}…` : text);
}

/** Rejects the whole file. */
export function refuse(refusal: CamtRefusal, problem: string, position?: Position): never {
  throw new CamtRefused(refusal, problem, position);
}
