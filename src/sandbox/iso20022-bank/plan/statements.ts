import type { Account } from "../world/account.ts";
import { businessDay } from "../world/calendar.ts";
import type { Entry } from "../world/entry.ts";
import type { World } from "../world/world.ts";
import type { Balance, Kind, Statement } from "./message.ts";
import type { PlanRequest } from "./request.ts";
import { bookedOf, totalsOf } from "./totals.ts";

/** The statement of an account over days that follow each other, in as many pages as the dialect asks for. */
export function statementsOf(
  world: World,
  {
    account,
    days,
    request,
  }: { readonly account: Account; readonly days: readonly [number, number]; readonly request: PlanRequest },
): readonly Statement[] {
  const { kind, dialect } = request;
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
    const isWhole = dialect.pageBalances === "whole" && pages > 1;
    const balances = balancesOf({
      request,
      dates: [businessDay(first), businessDay(last)],
      opening: isWhole ? opening : before,
      closing: isWhole ? whole : after,
      isFirst: isWhole || index === 0,
      isLast: isWhole || index === pages - 1,
    });
    before = after;
    return {
      id: idOf(account, { kind, days, request }),
      account,
      sequence: last + 1,
      days,
      from: businessDay(first),
      to: businessDay(last),
      page: pages === 1 ? undefined : { number: index + 1, isLast: index === pages - 1 },
      createdAt: createdAtOf(kind, last, request.portion),
      balances,
      totals,
      entries: part,
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
  if (request.kind === "camt.052") {
    const until = Math.ceil(countOf(world.booked(account, last)) * request.portion);
    yield* slice(world.booked(account, last), 0, until);
    yield* world.pending(account, last);
    return;
  }
  for (let day = first; day <= last; day += 1)
    for (const entry of world.booked(account, day))
      if (request.kind === "camt.053" || entry.direction === "CRDT") yield entry;
}

interface BalancesInput {
  readonly request: PlanRequest;
  readonly dates: readonly [first: string, last: string];
  readonly opening: bigint;
  readonly closing: bigint;
  readonly isFirst: boolean;
  readonly isLast: boolean;
}

/** A notification has none; a report's last is an interim one; the pages inside begin and end with interim ones. */
function balancesOf({ request, dates, opening, closing, isFirst, isLast }: BalancesInput): readonly Balance[] {
  if (request.kind === "camt.054") return [];
  const isInterim = request.dialect.balanceCodes === "interim";
  const first = !isFirst ? "ITBD" : isInterim ? "PRCD" : "OPBD";
  const last = !isLast || isInterim || request.kind === "camt.052" ? "ITBD" : "CLBD";
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
    kind,
    days: [first, last],
    request,
  }: { readonly kind: Kind; readonly days: readonly [number, number]; readonly request: PlanRequest },
): string {
  const span = first === last ? businessDay(last) : `${businessDay(first)}_${businessDay(last).slice(5)}`;
  const part = kind === "camt.052" ? `R${Math.round(request.portion * 100)}` : kind === "camt.054" ? "N" : "S";
  return `${account.number}-${span}-${part}`;
}

/** A report in the course of the day, the others when it is over. */
export function createdAtOf(kind: Kind, day: number, portion: number): string {
  if (kind !== "camt.052") return `${businessDay(day)}T21:30:00+01:00`;
  const minutes = 6 * 60 + Math.floor(portion * 14 * 60);
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${businessDay(day)}T${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:00+01:00`;
}

/** Where page `index` begins. Pages may be empty. */
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
