import { SaxesParser, type SaxesAttributePlain } from "saxes";
import { CAMT_LIMITS } from "../limits.ts";
import { type Position, refuse } from "../refuse.ts";
import { createScopes, type ExpandedName } from "./scopes.ts";

/** Receiver of the components of a document, in order. */
export interface XmlHandler {
  /** `currency` is the only attribute that camt messages have: Ccy. */
  open(name: ExpandedName, currency: string | undefined): void;
  /** A part of the innermost element's text: comments, CDATA sections and child elements split it. */
  text(text: string): void;
  close(): void;
}

/** Reader of a document that arrives in chunks. */
export interface XmlReader {
  readonly position: Position;
  /** @throws CamtRefused */
  write(text: string): void;
  /** @throws CamtRefused if the document is not complete */
  end(): void;
}

/** Error text of saxes for a document type. */
const MISPLACED_DOCTYPE = "inappropriately located doctype declaration.";
/** Maximum characters of a problem: saxes quotes names, which may be long. */
const MAX_PROBLEM = 200;

/**
 * Creates a strict reader for XML 1.0 with namespaces: the first violation of well-formedness ends the read. It
 * supports only the five predefined entities, no document type, and no token or nesting above `CAMT_LIMITS`.
 */
export function createXmlReader(handler: XmlHandler): XmlReader {
  const parser = new SaxesParser({ position: false, defaultXMLVersion: "1.0", forceXMLVersion: true });
  const position = (): Position => ({ line: parser.line, column: Math.max(parser.column, 1) });
  const fail = (problem: string): never => refuse("NOT_WELL_FORMED", problem, position());
  const limit = (problem: string): never => refuse("LIMIT_EXCEEDED", problem, position());
  // saxes collects a document type to its end before it reports it. After it has seen one, it reports the next one as
  // misplaced at its first word: so we mark one as seen. The field is private, and a test verifies this behaviour.
  Object.assign(parser, { doctype: true });
  parser.on("error", ({ message }) => {
    if (message === MISPLACED_DOCTYPE) refuse("DOCTYPE", "a document type is not allowed", position());
    fail(message.slice(0, MAX_PROBLEM));
  });
  const tags = handleTags(parser, handler, { fail, limit });
  let quietLength = 0;
  return {
    get position() {
      return position();
    },
    write(text) {
      parser.write(text);
      // saxes has no limits: text that it has neither emitted nor dropped is still in its memory.
      quietLength = tags.hasProgressed() ? 0 : quietLength + text.length;
      if (quietLength > CAMT_LIMITS.tokenLength)
        limit(`a text, tag or comment exceeds ${CAMT_LIMITS.tokenLength} characters`);
    },
    end() {
      parser.close();
    },
  };
}

interface Rejections {
  fail(problem: string): never;
  limit(problem: string): never;
}

/**
 * Connects the events. `hasProgressed` returns true if there was any event since its last call. Seven handlers are the
 * maximum for saxes: it stores each in a computed field, and from the eighth or ninth on V8 turns the parser into a
 * hash table, which makes it four times slower. So processing instructions are detected by the text between them.
 */
function handleTags(parser: SaxesParser, handler: XmlHandler, { fail, limit }: Rejections) {
  const scopes = createScopes();
  const declaringDepths: number[] = [];
  const attributes = createAttributes(parser, { fail, limit });
  let depth = 0;
  let hasProgressed = false;
  parser.on("opentag", ({ name }) => {
    hasProgressed = true;
    if (name.length > CAMT_LIMITS.nameLength) limit(`a name exceeds ${CAMT_LIMITS.nameLength} characters`);
    if (++depth > CAMT_LIMITS.depth) limit(`elements nest deeper than ${CAMT_LIMITS.depth} levels`);
    const { declarations, prefixed, currency } = attributes.take();
    if (declarations !== undefined) {
      scopes.push(declarations);
      declaringDepths.push(depth);
    }
    for (const attribute of prefixed)
      if (scopes.expand(attribute) === undefined) fail("an attribute's prefix is not bound");
    handler.open(scopes.expand(name) ?? fail("an element's prefix is not bound"), currency);
  });
  parser.on("closetag", () => {
    hasProgressed = true;
    handler.close();
    if (declaringDepths.at(-1) === depth) {
      declaringDepths.pop();
      scopes.pop();
    }
    depth--;
  });
  const text = (part: string): void => {
    hasProgressed = true;
    if (part.length > CAMT_LIMITS.tokenLength) limit(`a text exceeds ${CAMT_LIMITS.tokenLength} characters`);
    handler.text(part);
  };
  parser.on("text", text);
  parser.on("cdata", text);
  parser.on("comment", () => void (hasProgressed = true));
  return {
    hasProgressed: () => {
      const answer = hasProgressed;
      hasProgressed = false;
      return answer;
    },
  };
}

interface Attributes {
  readonly declarations: ReadonlyMap<string, string> | undefined;
  /** Names with a prefix that must be bound. */
  readonly prefixed: readonly string[];
  readonly currency: string | undefined;
}

const NONE: Attributes = { declarations: undefined, prefixed: [], currency: undefined };

/** Collects the attributes of the element that is being opened: most have none, or one. */
function createAttributes(parser: SaxesParser, { fail, limit }: Rejections): { take(): Attributes } {
  let count = 0;
  let declarations: Map<string, string> | undefined;
  let prefixed: string[] = [];
  let currency: string | undefined;
  parser.on("attribute", ({ name, value }: SaxesAttributePlain) => {
    if (++count > CAMT_LIMITS.attributes) limit(`an element has more than ${CAMT_LIMITS.attributes} attributes`);
    if (name.length > CAMT_LIMITS.nameLength) limit(`a name exceeds ${CAMT_LIMITS.nameLength} characters`);
    if (name === "Ccy") currency = value;
    else if (name === "xmlns") (declarations ??= new Map()).set("", value);
    else if (name.startsWith("xmlns:")) {
      if (value === "") fail("a prefix must not be bound to nothing");
      (declarations ??= new Map()).set(name.slice("xmlns:".length), value);
    } else if (name.includes(":")) prefixed.push(name);
  });
  return {
    take() {
      if (count === 0) return NONE;
      const taken = { declarations, prefixed, currency };
      count = 0;
      declarations = undefined;
      if (prefixed.length > 0) prefixed = [];
      currency = undefined;
      return taken;
    },
  };
}
