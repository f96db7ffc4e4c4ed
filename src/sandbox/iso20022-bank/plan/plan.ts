import type { Fault } from "../render/fault.ts";
import { isDeliveryFault } from "../render/fault.ts";
import { VERSIONS, type Version } from "../render/version.ts";
import { businessDay } from "../world/calendar.ts";
import type { World } from "../world/world.ts";
import type { Message, Statement } from "./message.ts";
import type { PlanRequest } from "./request.ts";
import { createdAtOf, statementsOf } from "./statements.ts";

/**
 * The messages of a request, in the order of their delivery: one for each account and day, unless the dialect or a fault
 * says otherwise. `serial` tells one request of a bank from the next: it is in message ids and file names.
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

/** Which days go into one statement. */
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
  const { dialect, fault, kind, version, portion } = request;
  const accounts = world.accounts.filter(({ index }) => request.account === undefined || index === request.account);
  const pagesOf = accounts.map((account) => once(() => statementsOf(world, { account, days, request })));
  const pages = Array.from({ length: dialect.pages }, (_, index) => index);
  const files: readonly (readonly [account: number, statements: () => readonly Statement[], page: number])[] =
    dialect.pagesAs === "files"
      ? pagesOf.flatMap((list, at) => pages.map((page) => [at, () => list().slice(page, page + 1), page] as const))
      : dialect.together
        ? [[0, () => pagesOf.flatMap((list) => list()), 0]]
        : pagesOf.map((list, at) => [at, list, 0]);
  const count = dialect.pagesAs === "files" ? dialect.pages : 1;
  return files.map(([at, statements, page], index) => ({
    name: `a${accounts[at]?.index ?? 0}-${businessDay(days[1])}`,
    kind,
    version: version satisfies Version,
    dialect,
    // What happens to a delivery does not happen to its files.
    fault: fault !== undefined && isDeliveryFault(fault.name) ? undefined : fault,
    id: `MSG${String(serial).padStart(5, "0")}-${String(days[0]).padStart(4, "0")}-${index}`,
    createdAt: createdAtOf(kind, days[1], portion),
    page: { number: page + 1, isLast: page === count - 1 },
    statements,
  }));
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
