/** A piece of TypeScript source, as far as a check of its words needs to tell pieces apart. */
export interface Token {
  readonly kind: "name" | "text" | "comment" | "other";
  /** Name without `#`; of a text, its content without quotes and interpolations. */
  readonly value: string;
  readonly line: number;
}

const PATTERNS = [
  ["comment", /\/\/[^\n]*|\/\*[^]*?\*\//y],
  ["text", /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y],
  ["name", /#?[\p{L}_$][\p{L}\p{N}_$]*/uy],
  ["other", /\d[\w.]*/y],
] as const;

const REGEX = /\/(?:[^/\\[\n]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
/** One chunk of a template, up to its end or to an interpolation. */
const TEMPLATE = /[`}]((?:[^`\\$]|\\[^]|\$(?!\{))*)(`|\$\{)/y;
const BEFORE_REGEX = /^(?:return|typeof|case|in|of|void|throw|yield|await|else)$|^[^\w)\]}"'`]$/;

/**
 * Splits TypeScript source into names, texts and comments. White space is left out. The chunks of a template are texts,
 * and what is interpolated between them is scanned as code.
 */
export function scanSource(source: string): readonly Token[] {
  const tokens: Token[] = [];
  /** Open braces within each interpolation that is being scanned. */
  const depths: number[] = [];
  let [at, line, previous] = [0, 1, ";"];
  const take = (kind: Token["kind"], text: string, value = text): void => {
    tokens.push({ kind, value, line });
    line += text.split("\n").length - 1;
    at += text.length;
    if (kind !== "comment") previous = kind === "name" ? text : text.slice(-1);
  };
  while (at < source.length) {
    const letter = source[at] ?? "";
    if (/\s/.test(letter)) {
      if (letter === "\n") line += 1;
      at += 1;
      continue;
    }
    const template =
      letter === "`" || (letter === "}" && depths.at(-1) === 0) ? match(TEMPLATE, source, at) : undefined;
    if (template !== undefined) {
      if (letter === "}") depths.pop();
      if (template[2] === "${") depths.push(0);
      take("text", template[0], template[1]);
      if (template[2] === "${") previous = ";";
      continue;
    }
    const found = PATTERNS.map(([kind, pattern]) => [kind, match(pattern, source, at)?.[0]] as const);
    const [kind, text] = found.find(([, value]) => value !== undefined) ?? [];
    if (kind !== undefined && text !== undefined) {
      take(kind, text, kind === "text" ? text.slice(1, -1) : kind === "name" ? text.replace("#", "") : text);
      continue;
    }
    const regex = letter === "/" && BEFORE_REGEX.test(previous) ? match(REGEX, source, at)?.[0] : undefined;
    const depth = depths.length - 1;
    if (letter === "{" && depth >= 0) depths[depth] = (depths[depth] ?? 0) + 1;
    if (letter === "}" && depth >= 0) depths[depth] = (depths[depth] ?? 0) - 1;
    take("other", regex ?? letter);
  }
  return tokens;
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(source) ?? undefined;
}
