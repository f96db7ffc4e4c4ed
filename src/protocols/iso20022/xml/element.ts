/** An element with what is below it, held until the entry or detail that it belongs to is understood. */
export interface XmlElement {
  readonly name: string;
  readonly parent: XmlElement | undefined;
  /** @Ccy */
  readonly currency: string | undefined;
  /** Its own text, whole: what comments, CDATA sections and children split is put together again. */
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** What an element should have been: ends the item that it is in. */
export class FaultyElement extends Error {
  override readonly name = "FaultyElement";
  readonly path: string;
  readonly problem: string;

  /** `missing` is the name of a child that is not there. */
  constructor(element: XmlElement, problem: string, missing?: string) {
    super(problem);
    this.path = [pathWithin(element), missing].filter((part) => part !== undefined && part !== "").join("/");
    this.problem = problem;
  }
}

/** From the item's own element, which is left out; with a place among its like only where there are several. */
function pathWithin(element: XmlElement): string {
  const { parent } = element;
  if (parent === undefined) return "";
  const like = parent.children.filter(({ name }) => name === element.name);
  const step = like.length > 1 ? `${element.name}[${like.indexOf(element) + 1}]` : element.name;
  const above = pathWithin(parent);
  return above === "" ? step : `${above}/${step}`;
}

/** The one child of that name. @throws FaultyElement where there are two */
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

/** The one element at the end of a path of names. */
export function descendant(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  let at = element;
  for (const name of path) at = child(at, name);
  return at;
}

/** All children of that name. */
export function children(element: XmlElement | undefined, name: string): readonly XmlElement[] {
  return element?.children.filter((candidate) => candidate.name === name) ?? [];
}

/** The text as written. @throws FaultyElement where it has elements in it */
export function rawText(element: XmlElement): string {
  if (element.children.length > 0) throw new FaultyElement(element, "must be text, got elements");
  return element.text;
}

/** XML's white space, which is less than JavaScript's. */
const AROUND = /^[ \t\r\n]+|[ \t\r\n]+$/g;

/** The text without the white space around it; undefined for an element that is not there or has none. */
export function text(element: XmlElement | undefined): string | undefined {
  if (element === undefined) return undefined;
  const raw = rawText(element);
  const [first, last] = [raw.charCodeAt(0), raw.charCodeAt(raw.length - 1)];
  const trimmed = first > 0x20 && last > 0x20 ? raw : raw.replace(AROUND, "");
  return trimmed === "" ? undefined : trimmed;
}

/** The text at the end of a path of names. */
export function textAt(element: XmlElement | undefined, ...path: readonly string[]): string | undefined {
  return text(descendant(element, ...path));
}
