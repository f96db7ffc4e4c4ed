import type { AuditBody, Plain } from "./entry.ts";

/** Longest JSON of arguments and of a state: more would let a caller fill the table with one call. */
const MAX_PART_CHARACTERS = 8_192;
const MAX_TEXT_CHARACTERS = 500;
const MAX_ITEMS = 100;
const MAX_DEPTH = 8;

/**
 * Encodes a row as the JSON text that is hashed and stored: members in this order, without white space. A reader need
 * not encode it again, because the text itself is what the hash covers.
 */
export function encodeBody(body: AuditBody): string {
  const { principal, subject } = body;
  return JSON.stringify({
    version: 1,
    operation: body.operation,
    phase: body.phase,
    action: body.action,
    principal: { kind: principal.kind, subject: text(principal.subject), scopes: principal.scopes.map(text) },
    requestId: optional(body.requestId),
    traceId: optional(body.traceId),
    remoteAddress: optional(body.remoteAddress),
    arguments: bounded(body.arguments),
    outcome: body.outcome ?? null,
    errorCode: optional(body.errorCode),
    subject: subject === undefined ? null : { type: text(subject.type), id: text(subject.id) },
    before: bounded(body.before ?? null),
    after: bounded(body.after ?? null),
  });
}

function optional(value: string | undefined): string | null {
  return value === undefined ? null : text(value);
}

/** PostgreSQL's JSON has no NUL and no lone surrogates. */
function text(value: string): string {
  const short = value.length > MAX_TEXT_CHARACTERS ? `${value.slice(0, MAX_TEXT_CHARACTERS)}…` : value;
  return short.toWellFormed().replaceAll("\u0000", "\uFFFD");
}

/** Returns the value with texts, lists and depth cut short; what is still too large is replaced by its size. */
function bounded(value: Plain): Plain {
  const short = shorten(value, 0);
  const { length } = JSON.stringify(short);
  return length <= MAX_PART_CHARACTERS ? short : { omitted: `${length} characters` };
}

function shorten(value: Plain, depth: number): Plain {
  if (typeof value === "string") return text(value);
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value !== "object" || value === null) return value;
  if (depth === MAX_DEPTH) return "…";
  if (isList(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => shorten(item, depth + 1));
    return value.length > MAX_ITEMS ? [...items, `… ${value.length - MAX_ITEMS} more`] : items;
  }
  const members = Object.entries(value).slice(0, MAX_ITEMS);
  return Object.fromEntries(members.map(([name, member]) => [text(name), shorten(member, depth + 1)]));
}

function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
