import { z } from "zod";
import type { Kind, Stored } from "../world/objects.ts";
import { HOUR_MS } from "../world/times.ts";
import type { World } from "../world/world.ts";
import { CallError } from "./status.ts";

const DEFAULT_SIZE = 50;
const MAX_SIZE = 250;
const TOKEN_LIFETIME_MS = HOUR_MS;

/** A parsed `ListRequest`. */
export interface ListQuery {
  readonly pageSize: number;
  readonly pageToken: string;
  /** Epoch milliseconds. */
  readonly sinceMs: number | undefined;
  readonly settlementId: string;
}

export interface ObjectPage {
  readonly objects: readonly Stored[];
  /** Empty on the last page. */
  readonly nextPageToken: string;
}

const tokenSchema = z.strictObject({
  /** What the page was requested with: a token continues only its own list. */
  list: z.string(),
  atMs: z.number(),
  sequence: z.string().regex(/^\d+$/u),
  madeMs: z.number(),
});
type Token = z.infer<typeof tokenSchema>;

/** Returns one page of a list, in order of the time of the last change. */
export function pageOf(world: World, kind: Kind, query: ListQuery, nowMs: number): ObjectPage {
  const list = JSON.stringify([kind, query.sinceMs ?? null, query.settlementId]);
  const size = sizeOf(query.pageSize);
  const after = query.pageToken === "" ? undefined : readToken(query.pageToken, list, nowMs);
  const matching = world
    .listed(kind)
    .filter((one) => one.updatedAtMs >= (query.sinceMs ?? 0) && isOfSettlement(one, query.settlementId))
    .filter((one) => after === undefined || isAfter(one, after));
  const objects = matching.slice(0, size);
  const last = objects.at(-1);
  const hasMore = last !== undefined && matching.length > size;
  return { objects, nextPageToken: hasMore ? tokenAfter(last, list, nowMs) : "" };
}

/** Returns a token after an object; also used to continue where a list was before. */
function tokenAfter({ updatedAtMs, sequence }: Stored, list: string, nowMs: number): string {
  const token: Token = { list, atMs: updatedAtMs, sequence: String(sequence), madeMs: nowMs };
  return Buffer.from(JSON.stringify(token)).toString("base64url");
}

function readToken(text: string, list: string, nowMs: number): Token {
  let token: Token;
  try {
    token = tokenSchema.parse(JSON.parse(Buffer.from(text, "base64url").toString()));
  } catch {
    throw new CallError("INVALID_ARGUMENT", "page_token is not a token of this service");
  }
  if (token.list !== list) throw new CallError("INVALID_ARGUMENT", "page_token belongs to another list");
  if (nowMs - token.madeMs > TOKEN_LIFETIME_MS) throw tokenExpired();
  return token;
}

export function tokenExpired(): CallError {
  return new CallError("FAILED_PRECONDITION", "page_token has expired");
}

function sizeOf(requested: number): number {
  if (requested < 0 || requested > MAX_SIZE)
    throw new CallError("INVALID_ARGUMENT", `page_size must be 0 to ${MAX_SIZE}`);
  return requested === 0 ? DEFAULT_SIZE : requested;
}

function isAfter({ updatedAtMs, sequence }: Stored, token: Token): boolean {
  return updatedAtMs > token.atMs || (updatedAtMs === token.atMs && sequence > BigInt(token.sequence));
}

function isOfSettlement({ value }: Stored, settlementId: string): boolean {
  if (settlementId === "") return true;
  return value !== undefined && "settlementId" in value && value.settlementId === settlementId;
}
