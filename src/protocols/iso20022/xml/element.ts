/** An element with its descendants, kept in memory until the entry or detail that contains it has been processed. */
export interface XmlElement {
  readonly name: string;
  readonly parent: XmlElement | undefined;
  /** @Ccy */
  readonly currency: string | undefined;
  /**
   * Text of the element itself, complete: the parts split by comments, CDATA sections and child elements are joined
   * again.
   */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** Error for an element that violates the expected format: ends the item that contains it. */
export class FaultyElement extends Error {
  override readonly name = "FaultyElement";
  readonly path: string;
  readonly problem: string;

  /** `missing` is the name of a missing child. */
  constructor(element: XmlElement, problem: string, missing?: string) {
    super(problem);
    this.path = [pathWithin(element), missing].filter((part) => part !== undefined && part !== "").join("/");
    this.problem = problem;
  }
}

/** Returns the path below the item's own element; with an index only if there are several siblings of that name. */
function pathWithin(element: XmlElement): string {
  const { parent } = element;
  if (parent === undefined) return "";
  const like = parent.children.filter(({ name }) => name === element.name);
  const step = like.length > 1 ? `${element.name}[${like.indexOf(element) + 1}]` : element.name;
  const above = pathWithin(parent);
  return above === "" ? step : `${above}/${step}`;
}

/** Returns the only child of that name. @throws FaultyElement if there are two */
export function child(element: XmlElement | undefined, name: string): XmlElement | undefined {
  if (element === undefined) return undefined;
  let found: XmlElement | undefined;
  for (const candidate of element.children) {
    if (candidate.name !== name) continue;
    if (found !== undefined) throw new FaultyElement(candidate, "must occur once");
    found = candidate;
  }
  return found;
}

/** Returns the only element at the end of a path of names. */
export function descendant(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let at = element;
  for (const name of path) at = child(at, name);
  return at;
}

/** Returns all children of that name. */
export function children(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((candidate) => candidate.name === name) ?? [];
}

/** Returns the text as written. @throws FaultyElement if it contains elements */
export function rawText(element: XmlElement): string {
  if (element.children.length > 0) throw new FaultyElement(element, "must be text, got elements");
  return element.text;
}

/** XML's white space, a subset of JavaScript's. */
const AROUND = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** Returns the text without surrounding white space; undefined for an element that is missing or empty. */
export function text(element: XmlElement | undefined): string | undefined {
  if (element === undefined) return undefined;
  const raw = rawText(element);
  const [first, last] = [raw.charCodeAt(0), raw.charCodeAt(raw.length - 1)];
  const trimmed = first > 0x20 && last > 0x20 ? raw : raw.replace(AROUND, "");
  return trimmed === "" ? undefined : trimmed;
}

/** Returns the text at the end of a path of names. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return text(descendant(element, ...path));
}
