import { z } from "zod";
import type { RequestValue } from "../../../protocols/protobuf/message.ts";
import { settingsObject } from "../fields/settings-object.ts";
import { path } from "../fields/text.ts";
import { MAPPINGS } from "../entities/streams.ts";

const method = z.string().regex(/^[\w.]+\/\w+$/, "must be a method: package.Service/Method");

const requestValue: z.ZodType<RequestValue> = z.json() as z.ZodType<RequestValue>; // JSON values are request values
const request = z.record(z.string(), requestValue);

const page = settingsObject({
  request: path.optional(),
  response: path.optional(),
  lastItem: path.optional(),
  counts: z.enum(["items", "pages"]).optional(),
  first: z.int().min(0).optional(),
  hasMore: path.optional(),
  items: path,
  item: path.optional(),
  size: settingsObject({ path, value: z.int().min(1) }).optional(),
}).superRefine(({ request: requested, response, lastItem, counts, first, hasMore }, context) => {
  const report = (name: string, message: string) => context.addIssue({ code: "custom", path: [name], message });
  const methods = [response, lastItem, counts].filter((one) => one !== undefined).length;
  if (requested !== undefined && methods === 0) {
    report("response", "must be given with request, or else lastItem or counts: what the next page begins with");
  }
  if (requested === undefined && methods > 0) {
    report("request", "must be given with response, lastItem or counts; a list without pages has none of them");
  }
  if (methods > 1)
    report(counts === undefined ? "lastItem" : "counts", "must not be given with another method of paging");
  if (first !== undefined && counts === undefined) report("first", "must be given with counts only");
  if (hasMore !== undefined && methods === 0) report("hasMore", "must be given with response, lastItem or counts");
});

/** Units in which a request states a time. */
export const TIME_UNITS = ["timestamp", "rfc3339", "epochSeconds", "epochMillis", "epochMicros", "epochNanos"] as const;

const each = settingsObject({
  request: path,
  values: z.array(z.string().min(1).max(500)).min(1).max(10_000).optional(),
  from: z.string().min(1).optional(),
}).refine(({ values, from }) => (values === undefined) !== (from === undefined), {
  path: ["values"],
  error: "must be given, or else from, and not both",
});

const since = settingsObject({
  request: path,
  as: z.enum(TIME_UNITS, { error: `must be given: ${TIME_UNITS.join(", ")}` }),
  overlapSeconds: z.int().min(0).max(86_400).default(300),
});

const watch = settingsObject({
  method,
  constants: request.optional(),
  request: path.optional(),
  response: path,
  item: path.optional(),
  deleted: settingsObject({ id: path, version: path.optional() }).optional(),
  gap: path.optional(),
});

const fetch = settingsObject({ method, constants: request.optional(), id: path, item: path.optional() });

const calls = {
  list: method.optional(),
  request: request.optional(),
  page: page.optional(),
  each: each.optional(),
  since: since.optional(),
  watch: watch.optional(),
  fetch: fetch.optional(),
};

/** Settings of a stream without its fields, which differ by entity. */
export type StreamCalls = z.infer<z.ZodObject<typeof calls>>;

const shape = Object.fromEntries(
  Object.entries(MAPPINGS).map(([name, { schema }]) => [
    name,
    settingsObject({ ...calls, fields: schema })
      .refine((stream) => (stream.list === undefined) === (stream.page === undefined), {
        path: ["page"],
        error: "must be given together with list",
      })
      .refine((stream) => stream.each === undefined || stream.list !== undefined, {
        path: ["each"],
        error: "must be given with list only",
      })
      .refine((stream) => stream.since === undefined || stream.list !== undefined, {
        path: ["since"],
        error: "must be given with list only",
      })
      .refine(({ list, watch: watched, fetch: fetched }) => [list, watched, fetched].some((one) => one !== undefined), {
        path: ["list"],
        error: "must be given, or else watch or fetch",
      })
      .optional(),
  ]),
);

export type StreamSettings = StreamCalls & { readonly fields: Readonly<Record<string, unknown>> };

/** Settings of all streams, by name. */
export const streamsSchema = settingsObject(shape).refine(
  (streams) => Object.values(streams).some((stream) => stream !== undefined),
  "must have at least one stream",
);
export type StreamsSettings = Readonly<Partial<Record<string, StreamSettings>>>;
