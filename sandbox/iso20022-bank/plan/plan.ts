import type { Fault } from "./fault.ts";
import { isDeliveryFault } from "./fault.ts";
import { VERSIONS, type Version } from "./version.ts";
import type { Account } from "../world/account.ts";
import type { Entry } from "../world/entry.ts";
import type { World } from "../world/world.ts";
import type { Message, Statement } from "./message.ts";
import type { PlanRequest } from "./request.ts";
import { createdAtOf, statementsOf } from "./statements.ts";
import { totalsOf } from "./totals.ts";

/**
 * The messages of a request, in the order of their delivery: one for each account and day, unless the dialect or a
 * fault says otherwise. `serial` distinguishes the requests of a bank: it is in message ids and file names.
 */
export function planMessages(world: World, request: PlanRequest, serial: number): readonly Message[] {
  const fault = request.fault;
  const messages = spansOf(request.days, fault).flatMap((days) => messagesOf(world, { days, request, serial }));
  const numbered = (list: readonly Message[]): Message[] =>
    list.map((message, index) => ({
      ...message,
      name:
        index === 0 && !request.zip
          ? (request.name ?? nameOf(message, { serial, index }))
          : nameOf(message, { serial, index }),
    }));
  if (fault?.name === "re-sent") return numbered(messages.flatMap((message) => [message, message]));
  if (fault?.name === "day-doubled")
    return numbered(messages.flatMap((message) => [message, { ...message, id: `${message.id}D` }]));
  if (fault?.name !== "restated") return numbered(messages);
  const version = VERSIONS[fault.version - 1] ?? 4;
  return numbered(messages.flatMap((message) => [message, { ...message, id: `${message.id}V`, version }]));
}

/** Days that are combined in one statement. */
function spansOf(days: readonly number[], fault: Fault | undefined): readonly (readonly [number, number])[] {
  const single = days.map((day) => [day, day] as const);
  if (fault?.name === "day-left-out") return single.filter((_, index) => index !== Math.floor(days.length / 2));
  if (fault?.name === "days-swapped") return [...single.slice(0, 2).toReversed(), ...single.slice(2)];
  if (fault?.name === "overlapping") return days.map((day) => [day, day + 1] as const);
  return single;
}

interface Unit {
  readonly days: readonly [number, number];
  readonly request: PlanRequest;
  readonly serial: number;
}

function messagesOf(world: World, { days, request, serial }: Unit): readonly Message[] {
  const { dialect, fault, kind, version } = request;
  const accounts = world.accounts.filter(
    (account) =>
      (request.account === undefined || account.index === request.account) &&
      (kind !== "camt.053" || isReported(world, account, days)),
  );
  if (accounts.length === 0) return [];
  const pagesOf = accounts.map((account) =>
    once(() => {
      const statements = statementsOf(world, {
        account: writtenAs(account, { world, request }),
        days,
        request,
        serial,
      });
      return fault?.name === "reported-twice"
        ? [...statements.map((one) => mistaken(one, fault.minor)), ...statements]
        : statements;
    }),
  );
  const pages = Array.from({ length: dialect.pages }, (_, index) => index);
  const files: readonly (readonly [account: number, statements: () => readonly Statement[], page: number])[] =
    dialect.pagesAs === "files"
      ? pagesOf.flatMap((list, at) => pages.map((page) => [at, () => list().slice(page, page + 1), page] as const))
      : dialect.together
        ? [[0, () => pagesOf.flatMap((list) => list()), 0]]
        : pagesOf.map((list, at) => [at, list, 0]);
  const count = dialect.pagesAs === "files" ? dialect.pages : 1;
  return files.map(([at, statements, page], index) => ({
    name: `a${accounts[at]?.index ?? 0}-${world.dateOf(days[1])}`,
    kind,
    version: version satisfies Version,
    dialect,
    // A fault of the delivery does not change the files.
    fault: fault !== undefined && isDeliveryFault(fault.name) ? undefined : fault,
    id: `MSG${String(serial).padStart(5, "0")}-${String(days[0]).padStart(4, "0")}-${index}`,
    createdAt: createdAtOf(world, days[1], request),
    page: { number: page + 1, isLast: page === count - 1 },
    statements,
  }));
}

function isReported(world: World, account: Account, [first, last]: readonly [number, number]): boolean {
  for (let day = first; day <= last; day += 1) if (world.hasStatement(account, day)) return true;
  return false;
}

/** An account with the identification that its files use. */
function writtenAs(
  account: Account,
  { world, request }: { readonly world: World; readonly request: PlanRequest },
): Account {
  const [first = account] = world.accounts;
  return request.dialect.oneIban ? { ...account, iban: first.iban, number: first.number } : account;
}

/**
 * The statement as the bank first wrote it: its first booked entry is wrong by this many minor units, and so is its
 * closing balance.
 */
function mistaken(statement: Statement, minor: number): Statement {
  const first = [...statement.entries()].find(({ status }) => status === "BOOK");
  const key = first?.key;
  const change = (entry: Entry): Entry =>
    entry.key === key ? { ...entry, minor: entry.minor + BigInt(minor) } : entry;
  const by = first?.direction === "DBIT" ? -BigInt(minor) : BigInt(minor);
  const entries = (): Iterable<Entry> => Array.from(statement.entries(), change);
  const [opening, ...others] = statement.balances;
  return {
    ...statement,
    balances: [
      ...(opening === undefined ? [] : [opening]),
      ...others.map((balance) => ({ ...balance, minor: balance.minor + (first === undefined ? 0n : by) })),
    ],
    totals: totalsOf(entries()),
    entries,
  };
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

function nameOf(
  { kind, name }: Message,
  { serial, index }: { readonly serial: number; readonly index: number },
): string {
  const five = (value: number): string => String(value).padStart(5, "0");
  return `${kind}-${five(serial)}-${five(index)}-${name}.xml`;
}
