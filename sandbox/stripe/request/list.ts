import { z } from "zod";
import { invalidRequest, missing, StripeError } from "../world/errors.ts";
import type { Fields } from "../world/fields.ts";
import type { Entry, ObjectStore } from "../world/object-store.ts";
import type { StoredType } from "../world/wire.ts";
import { expandEntry, expandPaths } from "./expand.ts";
import type { FormHash } from "./form.ts";
import { expand, integer, parseParams } from "./params.ts";

/** Faults of a list: Stripe's cursors are never wrong, those of other systems are. */
export interface ListFaults {
  /** Returns the first page repeatedly and states that there is more. */
  readonly loop: boolean;
  /** Begins each page with the last object of the previous one. */
  readonly overlap: boolean;
  /** Rejects every cursor. */
  readonly expireCursor: boolean;
}

/** A list endpoint. */
export interface ListOptions {
  readonly type: StoredType;
  /** Path as in `url`. */
  readonly url: string;
  /** Equality filters: parameter name = field name. */
  readonly filters: readonly (keyof Fields)[];
  /** A further condition, from parameters that are not plain filters. */
  readonly extra?: { readonly shape: z.ZodRawShape; readonly matches: (params: FormHash) => (entry: Entry) => boolean };
  /** Smallest `created` that is listed; 0 for all. */
  readonly since: number;
}

const range = z.union([integer, z.strictObject({ gt: integer, gte: integer, lt: integer, lte: integer }).partial()]);
const limit = integer
  .refine((value) => value >= 1, "This value must be greater than or equal to 1.")
  .refine((value) => value <= 100, "This value must be less than or equal to 100.");

const BASE = {
  limit: limit.default(10),
  starting_after: z.string().optional(),
  ending_before: z.string().optional(),
  created: range.optional(),
  expand,
};

/** Text of one page. @throws StripeError for parameters that Stripe would reject */
export function listText(store: ObjectStore, options: ListOptions, params: FormHash, faults: ListFaults): string {
  const filterShape = Object.fromEntries(options.filters.map((name) => [name, z.string().optional()]));
  const schema = z.strictObject({ ...BASE, ...filterShape, ...options.extra?.shape });
  const parsed = parseParams(schema, params);
  const paths = expandPaths(parsed.expand, "data");
  const cursorFor = (name: "starting_after" | "ending_before"): Entry | undefined => {
    const id = parsed[name];
    if (id === undefined || faults.loop) return undefined;
    const entry = store.find(options.type, id);
    if (entry === undefined || faults.expireCursor || entry.created < options.since) {
      throw missing(options.type, id, name, 400);
    }
    return entry;
  };
  if (parsed.starting_after !== undefined && parsed.ending_before !== undefined) {
    throw invalidRequest("Received both starting_after and ending_before parameters. Please pass in only one.");
  }
  const after = cursorFor("starting_after");
  const page = store.page(options.type, {
    limit: parsed.limit,
    // Moving one step back includes the cursor's own object in the page again.
    startingAfter: after !== undefined && faults.overlap ? { ...after, order: after.order + 1 } : after,
    endingBefore: cursorFor("ending_before"),
    ...createdRange(parsed.created, options.since),
    equal: equalFilters(options.filters, params),
    matches: options.extra?.matches(params) ?? (() => true),
  });
  const data = page.entries.map((entry) => expandEntry(store, entry, paths)).join(",");
  return `{"object":"list","data":[${data}],"has_more":${page.hasMore || faults.loop},"url":"${options.url}"}`;
}

function createdRange(created: z.infer<typeof range> | undefined, since: number) {
  if (typeof created === "number") return { createdFrom: Math.max(since, created), createdTo: created };
  const { gt = -2, gte = -1, lt = Infinity, lte = Infinity } = created ?? {};
  return { createdFrom: Math.max(since, gt + 1, gte), createdTo: Math.min(lt - 1, lte) };
}

function equalFilters(names: readonly (keyof Fields)[], params: FormHash): [keyof Fields, string][] {
  return names.flatMap((name): [keyof Fields, string][] => {
    const value = params[name];
    return typeof value === "string" ? [[name, value]] : [];
  });
}

/** Text of one object. @throws StripeError resource_missing; a deleted one is returned as its tombstone */
export function objectText(store: ObjectStore, type: StoredType, id: string, params: FormHash): string {
  const entry = store.find(type, id);
  if (entry === undefined) throw missing(type, id, "id");
  const paths = expandPaths(parseParams(z.strictObject({ expand }), params).expand, undefined);
  return entry.deleted ? store.text(entry) : expandEntry(store, entry, paths);
}

/** 404 answer of Stripe for a path that it does not have. */
export function unknownPath(method: string, path: string): StripeError {
  const message = `Unrecognized request URL (${method}: ${path}). Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`;
  return new StripeError(404, { message, type: "invalid_request_error" });
}
