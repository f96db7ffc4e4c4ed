import { setImmediate } from "node:timers/promises";
import { z } from "zod";
import type { Bank } from "../bank/bank.ts";
import { publishSchema, type PublishBody, type Published } from "../bank/publish.ts";
import type { CompanyBanking } from "../bank/company-banking.ts";
import type { CounterBook } from "../http/counters.ts";
import { httpFaultsSchema, type HttpFaults } from "../http/faults.ts";
import type { RateLimit } from "../http/rate-limit.ts";
import type { Activity } from "../bank/activity.ts";
import { bookingSchema } from "../world/booking.ts";
import { entryTruth } from "../plan/entry-truth.ts";
import { truthOf, type FileTruth } from "../plan/truth.ts";

export interface ControlOptions {
  readonly bank: Bank;
  readonly activity: Activity;
  /** Undefined for a bank with a world of its own. */
  readonly companyBanking: CompanyBanking | undefined;
  readonly faults: HttpFaults;
  readonly limit: RateLimit;
  readonly counters: CounterBook;
  readonly publish: (body: PublishBody) => Promise<Published>;
  /** Advances by this many days, each with its statements at the HTTP endpoint unless it is silent. */
  readonly advance: (days: number, isSilent: boolean) => void;
}

export interface ControlCall {
  readonly query: URLSearchParams;
  /** `{}` if there was none. */
  readonly body: unknown;
}

export type ControlAnswer = { readonly json: unknown } | { readonly lines: Iterable<string> };
/** Undefined: there is no such thing in this bank. */
export type ControlRoute = (
  options: ControlOptions,
  call: ControlCall,
) => ControlAnswer | undefined | Promise<ControlAnswer | undefined>;

const advanceBody = z.strictObject({ days: z.int().min(1).max(10_000).default(1), silent: z.boolean().default(false) });
const paceBody = z.union([
  z.strictObject({ steps: z.int().min(1).max(1000) }),
  z.strictObject({ everyMs: z.number().nonnegative() }),
]);
const bookingsBody = z.strictObject({ bookings: z.array(bookingSchema) });
const movementsQuery = z.object({ from: z.iso.date() });
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
    "POST bookings",
    ({ companyBanking }, { body }) =>
      companyBanking && { json: { booked: companyBanking.book(bookingsBody.parse(body).bookings) } },
  ],
  ["POST catch-up", ({ companyBanking }) => companyBanking && { json: { closedDays: companyBanking.catchUp() } }],
  [
    "GET movements",
    ({ companyBanking }, { query }) =>
      companyBanking && {
        json: { movements: companyBanking.movements(movementsQuery.parse(Object.fromEntries(query)).from) },
      },
  ],
  [
    "POST activity",
    ({ bank, activity }, { body }) => {
      const pace = paceBody.parse(body);
      if ("everyMs" in pace) activity.setPace(pace.everyMs);
      else for (let step = 0; step < pace.steps; step += 1) activity.step();
      return { json: { days: bank.days() } };
    },
  ],
]);

/** One message at a time: a year of them takes seconds, and the endpoint must remain responsive. */
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

/** Actual entries of the days that are over, and those announced for today. */
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
