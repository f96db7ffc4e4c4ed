import type { BankDate, StatementKind } from "../../domain/bank.ts";
import { sameAmount } from "../../domain/money.ts";
import type { StatementCheck } from "../../domain/entities.ts";
import type { LocalDate } from "../../domain/values.ts";

/** Period and balances of a message: sufficient to decide whether two messages can report the same booking. */
export interface StatementScope {
  /** Global id. */
  readonly statementId: string;
  readonly kind: StatementKind;
  readonly from: BankDate | undefined;
  readonly to: BankDate | undefined;
  readonly firstDay: LocalDate | undefined;
  readonly lastDay: LocalDate | undefined;
  readonly sequence: bigint | undefined;
  readonly checks: readonly StatementCheck[];
}

/** SAME: two copies of one statement. APART: no booking can be in both. */
export type Relation = "SAME" | "APART" | "MAY_OVERLAP";

/** Determines whether two messages about one account can report the same booking. */
export function relate(one: StatementScope, other: StatementScope): Relation {
  if (one.statementId === other.statementId) return "SAME";
  if (isBefore(one, other) || isBefore(other, one)) return "APART";
  if (one.kind !== other.kind || one.kind === "NOTIFICATION") return "MAY_OVERLAP";
  if (shareDays(one, other)) return "MAY_OVERLAP";
  if (follows(one, other) || follows(other, one)) return "APART";
  if ([one, other].some(({ checks }) => checks.some(({ difference }) => difference !== undefined)))
    return "MAY_OVERLAP";
  const numbered = one.sequence !== undefined && other.sequence !== undefined && one.sequence !== other.sequence;
  return one.kind === "STATEMENT" && numbered ? "APART" : "MAY_OVERLAP";
}

/** Returns whether one message ends before the other begins: by timestamps where both have them, otherwise by days. */
function isBefore(one: StatementScope, other: StatementScope): boolean {
  const [end, start] = [instantOf(one.to), instantOf(other.from)];
  if (end !== undefined && start !== undefined && end <= start) return true;
  return one.lastDay !== undefined && other.firstDay !== undefined && one.lastDay < other.firstDay;
}

function instantOf(date: BankDate | undefined): number | undefined {
  if (date?.time === undefined) return undefined;
  const ms = Date.parse(/(Z|[+-]\d\d:\d\d)$/.test(date.time) ? date.time : `${date.time}Z`);
  return Number.isFinite(ms) ? ms : undefined;
}

/**
 * Returns whether more than one day is in both: a single day may be the border, on which one ends and the other begins.
 */
function shareDays(one: StatementScope, other: StatementScope): boolean {
  const firsts = [one.firstDay, other.firstDay].filter((day) => day !== undefined);
  const lasts = [one.lastDay, other.lastDay].filter((day) => day !== undefined);
  if (firsts.length < 2 || lasts.length < 2) return false;
  return (firsts.toSorted()[1] ?? "") < (lasts.toSorted()[0] ?? "");
}

/**
 * Returns whether both have a closing balance and one opens with the closing balance of the other. An entry in both
 * would then count twice between the first opening and the last closing balance, and the sum would not match.
 */
function follows(one: StatementScope, other: StatementScope): boolean {
  return one.checks.some((check) => {
    const next = other.checks.find(({ currency }) => currency === check.currency);
    if (check.closing === undefined || next?.opening === undefined) return false;
    const bothClose = check.difference?.minor === 0n && next.difference?.minor === 0n;
    return bothClose && sameAmount(check.closing.money, next.opening.money);
  });
}
