import { ServiceError } from "../../domain/error.ts";

/** Queries written by people and gateways have about twenty levels, introspection included. */
export const MAX_NESTING = 200;

/**
 * Limits the depth of brackets in a document before it is parsed: parsing and validating use one level of the stack for
 * each, and must not exhaust it. One pass over the text.
 * @throws ServiceError INVALID_INPUT
 */
export function limitDepth(query: string): void {
  let depth = 0;
  for (let at = 0; at < query.length; at += 1) {
    const character = query[at];
    if (character === "#") at = endOfLine(query, at);
    else if (character === '"') at = endOfString(query, at);
    else if (character === "{" || character === "[" || character === "(") depth += 1;
    else if (character === "}" || character === "]" || character === ")") depth -= 1;
    if (depth > MAX_NESTING) {
      throw new ServiceError("INVALID_INPUT", "the document is nested too deep");
    }
  }
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}

/**
 * Returns the position of the closing quote; the end of the text for an unterminated string, which the parser will
 * reject.
 */
function endOfString(text: string, from: number): number {
  if (text.startsWith('"""', from)) return endOfBlock(text, from + 3);
  let at = from + 1;
  while (at < text.length && text[at] !== '"' && text[at] !== "\n") at += text[at] === "\\" ? 2 : 1;
  return at;
}

function endOfBlock(text: string, from: number): number {
  let at = from;
  while (at < text.length && !text.startsWith('"""', at)) at += text.startsWith('\\"""', at) ? 4 : 1;
  return at + 2;
}
