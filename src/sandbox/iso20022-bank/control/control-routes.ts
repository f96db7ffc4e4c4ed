import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { Bank } from "../bank.ts";
import { publishSchema, type PublishBody, type Published } from "../deliver/publish.ts";
import type { CounterBook } from "../http/counters.ts";
import { httpFaultsSchema, type HttpFaults } from "../http/faults.ts";
import type { RateLimit } from "../http/rate-limit.ts";
import type { Life } from "../life.ts";
import { entryTruth } from "../plan/entry-truth.ts";
import { truthOf, type FileTruth } from "../plan/truth.ts";

export interface ControlOptions {
  readonly bank: Bank;
  readonly life: Life;
  readonly faults: HttpFaults;
  readonly limit: RateLimit;
  readonly counters: CounterBook;
  readonly publish: (body: PublishBody) => Promise<Published>;
  /** Lets so many days pass, each with its statements at the HTTP endpoint unless it is silent. */
  readonly advance: (days: number, isSilent: boolean) => void;
}

export interface ControlCall {
  readonly query: URLSearchParams;
  /** `{}` where there was none. */
  readonly body: unknown;
}

export type ControlAnswer = { readonly json: unknown } | { readonly lines: Iterable<string> };
export type ControlRoute = (options: ControlOptions, call: ControlCall) => ControlAnswer | Promise<ControlAnswer>;

const advanceBody = z.strictObject({ days: z.int().min(1).max(10_000).default(1), silent: z.boolean().default(false) });
const paceBody = z.union([
  z.strictObject({ steps: z.int().min(1).max(1000) }),
  z.strictObject({ everyMs: z.number().nonnegative() }),
]);
const limitBody = z.strictObject({ perSecond: z.int().nonnegative() });
const entriesQuery = z.object({
  account: z.coerce.number().int().nonnegative().optional(),
  day: z.coerce.number().int().nonnegative().optional(),
});

/** The control API by method and path. README.md has the table. */
export const CONTROL_ROUTES: ReadonlyMap<string, ControlRoute> = new Map<string, ControlRoute>([
  ["POST publish", async (options, { body }) => ({ json: await published(options, body) })],
  [
    "GET truth",
    async ({ bank }) => ({ json: { days: bank.days(), accounts: bank.world.accounts, files: await fileTruths(bank) } }),
  ],
  [
    "GET entries",
    ({ bank }, { query }) => ({ lines: entryLines(bank, entriesQuery.parse(Object.fromEntries(query))) }),
  ],
  ["GET counters", ({ counters }) => ({ json: counters.read() })],
  [
    "DELETE counters",
    ({ counters }) => {
      counters.clear();
      return { json: counters.read() };
    },
  ],
  ["GET faults", ({ faults }) => ({ json: { faults: faults.list() } })],
  [
    "POST faults",
    ({ faults }, { body }) => {
      faults.add(httpFaultsSchema.parse(body));
      return { json: { faults: faults.list() } };
    },
  ],
  [
    "DELETE faults",
    ({ faults }) => {
      faults.clear();
      return { json: { faults: [] } };
    },
  ],
  [
    "POST rate-limit",
    ({ limit }, { body }) => {
      limit.set(limitBody.parse(body).perSecond);
      return { json: { perSecond: limit.perSecond() } };
    },
  ],
  [
    "POST advance",
    ({ bank, advance }, { body }) => {
      const { days, silent } = advanceBody.parse(body);
      advance(days, silent);
      return { json: { days: bank.days() } };
    },
  ],
  [
    "POST activity",
    ({ bank, life }, { body }) => {
      const pace = paceBody.parse(body);
      if ("everyMs" in pace) life.setPace(pace.everyMs);
      else for (let step = 0; step < pace.steps; step += 1) life.step();
      return { json: { days: bank.days() } };
    },
  ],
]);

/** One message at a time: a year of them takes seconds, and the endpoint must go on answering. */
async function fileTruths(bank: Bank): Promise<readonly FileTruth[]> {
  const truths: FileTruth[] = [];
  for (const message of bank.messages()) {
    truths.push(truthOf(message));
    await setImmediate();
  }
  return truths;
}

async function published(options: ControlOptions, body: unknown): Promise<Published> {
  return options.publish(publishSchema.parse(body));
}

/** What really happened on the days that are over, and what is announced for today. */
function* entryLines({ world, days }: Bank, { account, day }: z.infer<typeof entriesQuery>): Generator<string> {
  for (const each of world.accounts) {
    if (account !== undefined && account !== each.index) continue;
    for (let at = day ?? 0; at < (day === undefined ? days() : day + 1); at += 1)
      for (const entry of world.booked(each, at))
        yield JSON.stringify({ day: at, ...entryTruth(entry, each) }, (_key, value: unknown) =>
          typeof value === "bigint" ? String(value) : value,
        );
  }
}
