import { scanSource, type Token } from "./scan-source.ts";

/** A name or a sentence in source code, as far as its words are checked. */
export interface NamedPart {
  readonly kind: "name" | "message" | "title";
  readonly text: string;
  readonly line: number;
}

const LEVEL = /^(?:trace|debug|info|warn|error|fatal)$/;
const LOGGER = /^(?:log|logger)$/;
const TEST = /^(?:test|describe|it)$/;

/**
 * Returns every name of the source, the texts given to constructors of errors and to loggers, and the titles of tests.
 * A name is returned once, with the first line that contains it.
 */
export function namedParts(source: string): readonly NamedPart[] {
  const tokens = scanSource(source);
  const names = new Map<string, NamedPart>();
  const texts: NamedPart[] = [];
  for (const [at, { kind, value, line }] of tokens.entries()) {
    if (kind !== "name") continue;
    if (!names.has(value)) names.set(value, { kind: "name", text: value, line });
    if (isMessageCall(tokens, at)) texts.push(...partsOf("message", textsWithin(tokens, at + 1)));
    if (TEST.test(value)) texts.push(...partsOf("title", titleAfter(tokens, at)));
  }
  return [...names.values(), ...texts];
}

function isMessageCall(tokens: readonly Token[], at: number): boolean {
  const value = (offset: number): string => tokens[at + offset]?.value ?? "";
  if (value(1) !== "(") return false;
  if (value(-1) === "new") return value(0).endsWith("Error");
  return LEVEL.test(value(0)) && value(-1) === "." && LOGGER.test(value(-2));
}

/** Text of the first argument of `test(…)`, `describe.each(…)(…)` and the like; none if it is not a literal. */
function titleAfter(tokens: readonly Token[], at: number): readonly Token[] {
  let open = at + 1;
  while (tokens[open]?.value === ".") open += 2;
  if (tokens[open - 1]?.value === "each") open = endOfCall(tokens, open) + 1;
  const first = tokens[open]?.value === "(" ? tokens[open + 1] : undefined;
  return first?.kind === "text" ? [first] : [];
}

function textsWithin(tokens: readonly Token[], open: number): readonly Token[] {
  return tokens.slice(open, endOfCall(tokens, open)).filter(({ kind }) => kind === "text");
}

/** Index of the parenthesis that closes the one at `open`. */
function endOfCall(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let at = open; at < tokens.length; at += 1) {
    const { kind, value } = tokens[at] ?? {};
    if (kind === "other" && value === "(") depth += 1;
    if (kind === "other" && value === ")") depth -= 1;
    if (depth === 0) return at;
  }
  return tokens.length;
}

const partsOf = (kind: NamedPart["kind"], tokens: readonly Token[]): readonly NamedPart[] =>
  tokens.map(({ value, line }) => ({ kind, text: value, line }));
