import type { Account } from "../world/account.ts";
import type { Entry } from "../world/entry.ts";
import type { World } from "../world/world.ts";
import type { Balance, Statement } from "./message.ts";
import type { PlanRequest } from "./request.ts";
import { bookedOf, totalsOf } from "./totals.ts";

/** The statement of an account over consecutive days, in as many pages as the dialect requires. */
export function statementsOf(
  world: World,
  {
    account,
    days,
    request,
    serial,
  }: {
    readonly account: Account;
    readonly days: readonly [number, number];
    readonly request: PlanRequest;
    readonly serial: number;
  },
): readonly Statement[] {
  const { dialect } = request;
  const { pages } = dialect;
  const [first, last] = days;
  const entries = (): Iterable<Entry> => entriesOf(world, { account, days, request });
  const count = pages === 1 ? Infinity : countOf(entries());
  const opening = world.opening(account, first);
  const whole = opening + (pages === 1 ? 0n : bookedOf(totalsOf(entries())));
  let before = opening;
  return Array.from({ length: pages }, (_, index) => {
    const part = (): Iterable<Entry> => slice(entries(), partOf(count, index, pages), partOf(count, index + 1, pages));
    const totals = totalsOf(part());
    const after = before + bookedOf(totals);
    const isListed = dialect.entries === "listed";
    const isWhole = dialect.pageBalances === "whole" && pages > 1;
    const balances = balancesOf({
      request,
      dates: [world.dateOf(first), world.dateOf(last)],
      opening: isWhole ? opening : before,
      closing: isWhole ? whole : after,
      isFirst: isWhole || index === 0,
      isLast: isWhole || index === pages - 1,
    });
    before = after;
    return {
      id: idOf(account, { dates: [world.dateOf(first), world.dateOf(last)], request, serial }),
      account,
      sequence: last + 1,
      days,
      from: world.dateOf(first),
      to: world.dateOf(last),
      page: pages === 1 ? undefined : { number: index + 1, isLast: index === pages - 1 },
      createdAt: createdAtOf(world, last, request),
      balances,
      totals: dialect.entries === "none" ? totalsOf([]) : totals,
      entries: isListed ? part : () => [],
    };
  });
}

function* entriesOf(
  world: World,
  {
    account,
    days: [first, last],
    request,
  }: { readonly account: Account; readonly days: readonly [number, number]; readonly request: PlanRequest },
): Generator<Entry> {
  const { keys, until: time } = request;
  if (keys !== undefined) {
    for (const entry of world.booked(account, last)) if (keys.includes(entry.key)) yield entry;
    return;
  }
  if (request.kind === "camt.052" && time !== undefined) {
    for (const entry of world.booked(account, last)) if (entry.bookedAt < time) yield entry;
    for (const entry of world.pending(account, last)) if (entry.bookedAt < time) yield entry;
    return;
  }
  if (request.kind === "camt.052") {
    const until = Math.ceil(countOf(world.booked(account, last)) * request.portion);
    yield* slice(world.booked(account, last), 0, until);
    const { authorisations } = request.dialect;
    for (const entry of world.pending(account, last)) yield authorisations ? authorised(entry) : entry;
    if (authorisations && request.portion < 0.5) yield neverBooked(world, account, last);
    return;
  }
  for (let day = first; day <= last; day += 1)
    for (const entry of world.booked(account, day))
      if (request.kind === "camt.053" || entry.direction === "CRDT") yield entry;
}

/** Authorised amount of a payment: five sixths of the amount that will be booked. Only its reference identifies it. */
function authorised(entry: Entry): Entry {
  return { ...entry, minor: (entry.minor * 5n) / 6n, info: undefined, details: [] };
}

/** A morning authorisation that is released before noon. */
function neverBooked(world: World, account: Account, day: number): Entry {
  const bookedOn = world.dateOf(day + 1);
  return {
    key: `${account.index}/${day}/released`,
    kind: "card-settlement",
    minor: 15_000n,
    direction: "DBIT",
    isReversal: false,
    status: "PDNG",
    bookedOn,
    bookedAt: "07:00:00",
    valueOn: bookedOn,
    servicerReference: `RELEASED${account.index}${day}`,
    code: ["CCRD", "POSD", "OTHR", "NCDT"],
    info: "Reservation Tankstelle",
    batch: undefined,
    details: [],
  };
}

interface BalancesInput {
  readonly request: PlanRequest;
  readonly dates: readonly [first: string, last: string];
  readonly opening: bigint;
  readonly closing: bigint;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

const OPENING = { booked: "OPBD", interim: "PRCD", information: "OPAV" } as const;
const CLOSING = { booked: "CLBD", interim: "ITBD", information: "INFO" } as const;

/**
 * A notification has no balances; the last one of a report is an interim one; inner pages begin and end with interim
 * ones.
 */
function balancesOf({ request, dates, opening, closing, isFirst, isLast }: BalancesInput): readonly Balance[] {
  if (request.kind === "camt.054") return [];
  const { balanceCodes } = request.dialect;
  const first = isFirst ? OPENING[balanceCodes] : "ITBD";
  const last = !isLast || (balanceCodes === "booked" && request.kind === "camt.052") ? "ITBD" : CLOSING[balanceCodes];
  const off = request.fault?.name === "closing-off" && isLast ? BigInt(request.fault.minor) : 0n;
  const written = closing + off;
  return [
    { code: first, minor: opening, date: dates[0] },
    { code: last, minor: written, date: dates[1] },
    ...(last === "CLBD" ? [{ code: "CLAV" as const, minor: written, date: dates[1] }] : []),
  ];
}

function idOf(
  account: Account,
  {
    dates: [first, last],
    request: { kind, keys, portion, until },
    serial,
  }: { readonly dates: readonly [string, string]; readonly request: PlanRequest; readonly serial: number },
): string {
  const span = first === last ? last : `${first}_${last.slice(5)}`;
  const report = until?.replaceAll(":", "") ?? String(Math.round(portion * 100));
  const notification = keys === undefined ? "N" : `N${serial}`;
  const part = kind === "camt.052" ? `R${report}` : kind === "camt.054" ? notification : "S";
  return `${account.number}-${span}-${part}`;
}

/** Creation time: during the day for a report, after it for the others. */
export function createdAtOf(world: World, day: number, { kind, portion, until, createdAt }: PlanRequest): string {
  if (createdAt !== undefined) return createdAt;
  if (until !== undefined) return `${world.dateOf(day)}T${until}+00:00`;
  if (kind !== "camt.052") return world.statementMadeAt(day);
  const minutes = 6 * 60 + Math.floor(portion * 14 * 60);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${world.dateOf(day)}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00+01:00`;
}

/** Start of page `index`. Pages may be empty. */
function partOf(count: number, index: number, pages: number): number {
  return index === 0 ? 0 : Math.floor((index * count) / pages);
}

function countOf(entries: Iterable<Entry>): number {
  let count = 0;
  for (const _ of entries) count += 1;
  return count;
}

function* slice(entries: Iterable<Entry>, from: number, to: number): Generator<Entry> {
  let index = 0;
  for (const entry of entries) {
    if (index >= to) return;
    if (index >= from) yield entry;
    index += 1;
  }
}
