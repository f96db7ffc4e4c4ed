/** An element. */
export interface XmlNode {
  readonly name: string;
  /** Includes the leading space: ` Ccy="EUR"`. */
  readonly attributes: string;
  readonly content: string | readonly XmlNode[];
}

export interface XmlStyle {
  /** `c:` or empty. */
  readonly prefix: string;
  readonly isPretty: boolean;
}

type Child = XmlNode | undefined;

/** An element with text, or no element if there is no text. */
export function text(name: string, content: string | undefined, attributes = ""): Child {
  return content === undefined ? undefined : { name, attributes, content };
}

/** An element with the existing `children`, or no element if there are none. */
export function group(name: string, ...children: readonly Child[]): Child {
  const content = children.filter((child) => child !== undefined);
  return content.length === 0 ? undefined : { name, attributes: "", content };
}

/** An element as text, preceded by a line break. */
export function xmlOf(node: XmlNode, style: XmlStyle, depth: number): string {
  const begin = `${openTag(node.name, style, depth, node.attributes)}`;
  if (typeof node.content === "string") return `${begin}${escape(node.content)}</${style.prefix}${node.name}>`;
  let inner = "";
  for (const child of node.content) inner += xmlOf(child, style, depth + 1);
  return `${begin}${inner}${closeTag(node.name, style, depth)}`;
}

export function openTag(name: string, style: XmlStyle, depth: number, attributes = ""): string {
  return `${lineBreak(style, depth)}<${style.prefix}${name}${attributes}>`;
}

export function closeTag(name: string, style: XmlStyle, depth: number): string {
  return `${lineBreak(style, depth)}</${style.prefix}${name}>`;
}

const lineBreak = ({ isPretty }: XmlStyle, depth: number): string => (isPretty ? `\n${"  ".repeat(depth)}` : "");

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escape = (content: string): string => content.replace(/[&<>"]/g, (mark) => ESCAPES[mark] ?? mark);
