import { ServiceError } from "../domain/error.ts";

/** Queries of people and of gateways have some twenty levels, introspection included. */
export const MAX_NESTING = 200;

/**
 * Holds a document to a depth of brackets before it is parsed: parsing and validating go down one level of the stack
 * for each, and must not come to its end. One pass over the text.
 * @throws ServiceError INVALID_INPUT
 */
export function requireShallow(query: string): void {
  let depth = 0;
  for (let at = 0; at < query.length; at += 1) {
    const character = query[at];
    if (character === "#") at = endOfLine(query, at);
    else if (character === '"') at = endOfString(query, at);
    else if (character === "{" || character === "[" || character === "(") depth += 1;
    else if (character === "}" || character === "]" || character === ")") depth -= 1;
    if (depth > MAX_NESTING) {
      throw new ServiceError("INVALID_INPUT", `query is nested more than ${MAX_NESTING} levels deep`);
    }
  }
}

function endOfLine(text: string, from: number): number {
  let at = from;
  while (at < text.length && text[at] !== "\n" && text[at] !== "\r") at += 1;
  return at;
}

/** Position of the closing quote; the end of the text for a string that has none, which the parser will refuse. */
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
