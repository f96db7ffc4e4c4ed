/** A part of a text, by its first character and the one after its last. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * Finds the part of JSON or XML text that a path leads to; the longest part of the path that exists, if not all of it
 * does. Returns undefined if the text cannot be read, or if the path is empty.
 * @param path RFC 6901 JSON pointer (`/data/0/amount`), or an XPath of names and positions (`/Document/Stmt[2]/Ntry[1]`)
 */
export function locate(text: string, path: string): Range | undefined {
  const start = text.search(/\S/);
  if (start < 0 || path === "") return undefined;
  return text[start] === "<" ? locateInXml(text, path) : locateInJson(text, path);
}

function locateInJson(text: string, pointer: string): Range | undefined {
  const names = pointer
    .replace(/^\//, "")
    .split("/")
    .map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  let [value, found] = [skipSpace(text, 0), false];
  for (const name of names) {
    const next = memberOf(text, value, name);
    if (next === undefined) break;
    [value, found] = [next, true];
  }
  const end = endOfValue(text, value);
  return found && end !== undefined ? { start: value, end } : undefined;
}

const skipSpace = (text: string, from: number): number => {
  let at = from;
  while (" \t\r\n".includes(text[at] ?? "x")) at += 1;
  return at;
};

/** Returns where the value of an object's member, or the item of an array, begins. */
function memberOf(text: string, start: number, name: string): number | undefined {
  const opening = text[start];
  if (opening !== "{" && opening !== "[") return undefined;
  let at = skipSpace(text, start + 1);
  for (let index = 0; at < text.length && text[at] !== "}" && text[at] !== "]"; index += 1) {
    let key = String(index);
    if (opening === "{") {
      const end = endOfValue(text, at);
      if (end === undefined) return undefined;
      key = text.slice(at, end);
      at = skipSpace(text, skipSpace(text, end) + 1); // past the colon
    }
    if ((opening === "{" ? textOf(key) : key) === name) return at;
    const end = endOfValue(text, at);
    if (end === undefined) return undefined;
    at = skipSpace(text, end);
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return undefined;
}

/** Returns the text of a JSON string; undefined if it is none. */
function textOf(literal: string): unknown {
  try {
    return JSON.parse(literal) as unknown;
  } catch {
    return undefined;
  }
}

const STRING = /"(?:[^"\\]|\\.)*"/sy;
const SCALAR = /[^\s,\]}]+/y;

function endOfValue(text: string, start: number): number | undefined {
  const letter = text[start];
  if (letter !== "{" && letter !== "[") {
    const pattern = letter === '"' ? STRING : SCALAR;
    pattern.lastIndex = start;
    return pattern.test(text) ? pattern.lastIndex : undefined;
  }
  let depth = 0;
  for (let at = start; at < text.length; at += 1) {
    const sign = text[at];
    if (sign === '"') {
      STRING.lastIndex = at;
      if (!STRING.test(text)) return undefined;
      at = STRING.lastIndex - 1;
    } else if (sign === "{" || sign === "[") depth += 1;
    else if (sign === "}" || sign === "]") depth -= 1;
    if (depth === 0) return at + 1;
  }
  return undefined;
}

const TAG = /<(?:!--[^]*?-->|!\[CDATA\[[^]*?\]\]>|[?!][^>]*>|(\/?)([^\s/>]+)(?:[^>"']|"[^"]*"|'[^']*')*?(\/?)>)/g;

/** An element that is open, and how many children of each name it has had. */
interface OpenElement {
  readonly children: Map<string, number>;
  /** Number of steps of the path that lead to it; undefined if it is beside the path. */
  readonly matched: number | undefined;
  readonly start: number;
}

function locateInXml(text: string, path: string): Range | undefined {
  const steps = path
    .split("/")
    .filter((step) => step !== "" && !step.startsWith("@"))
    .map((step) => /^(?:[^:[]*:)?([^[]+)(?:\[(\d+)\])?/.exec(step))
    .map((match) => ({ name: match?.[1] ?? "", position: Number(match?.[2] ?? 1) }));
  const open: OpenElement[] = [{ children: new Map(), matched: 0, start: 0 }];
  let best: (Range & { readonly depth: number }) | undefined;
  for (const match of text.matchAll(TAG)) {
    const [tag, closing, name, empty] = match;
    if (name === undefined) continue;
    const end = match.index + tag.length;
    if (closing !== "/") {
      const parent = open.at(-1);
      if (parent === undefined) return undefined;
      open.push(enter(parent, name.replace(/^.*:/, ""), steps, match.index));
    }
    if (closing === "/" || empty === "/") {
      const { matched, start } = open.pop() ?? {};
      if (matched !== undefined && start !== undefined && matched > (best?.depth ?? 0))
        best = { start, end, depth: matched };
      if (best?.depth === steps.length) break;
    }
  }
  return best && { start: best.start, end: best.end };
}

function enter(
  parent: OpenElement,
  name: string,
  steps: readonly { readonly name: string; readonly position: number }[],
  start: number,
): OpenElement {
  const position = (parent.children.get(name) ?? 0) + 1;
  parent.children.set(name, position);
  const step = parent.matched === undefined ? undefined : steps[parent.matched];
  const isOnPath = step !== undefined && step.name === name && step.position === position;
  return { children: new Map(), matched: isOnPath ? (parent.matched ?? 0) + 1 : undefined, start };
}
