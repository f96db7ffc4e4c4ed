import type { FindingCheck } from "../apply/update-findings.ts";
import type { StatementKind } from "../../domain/bank.ts";
import { decimalText, type Money } from "../../domain/money.ts";
import type { Transaction } from "../../store/database.ts";
import { compareMovements, type MovementComparison } from "../../store/queries/compare-movements.ts";
import type { ComparedDays } from "./compare-messages.ts";

const KINDS: readonly StatementKind[] = ["STATEMENT", "REPORT", "NOTIFICATION"];
/** Maximum number of messages without entries whose findings one new message can open or close: the newest. */
const MAX_MESSAGES = 50;

/**
 * Checks whether the movement of the balances of messages without entries equals what messages of each other kind
 * report: for the new message, and for all such messages that cover its days.
 */
export async function checkMovements(
  tx: Transaction,
  { accountId, firstDay, lastDay }: ComparedDays,
  statementId: string,
): Promise<readonly FindingCheck[]> {
  const rows = await tx.query<{ id: string; kind: StatementKind }>(
    `select id, kind from statements where id = $1
     union
     (select id, kind from statements where account_id = $2 and kind <> 'NOTIFICATION' and entry_count = 0
        and last_day >= $3::date and first_day <= $4::date and deleted_at is null
      order by last_day desc, ordered_at desc, id desc limit ${MAX_MESSAGES})`,
    [statementId, accountId, firstDay, lastDay],
  );
  const compared = await compareMovements(
    tx,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id, kind }) =>
    KINDS.filter((other) => other !== kind).map((other) =>
      checkOf(
        id,
        other,
        compared.filter((one) => one.statementId === id && one.with === other && one.difference.minor !== 0n),
      ),
    ),
  );
}

function checkOf(statementId: string, other: StatementKind, off: readonly MovementComparison[]): FindingCheck {
  const check = { kind: "BALANCE_MOVEMENT_DIFFERS", subject: `${statementId} ${other}` };
  if (off.length === 0) return { ...check, finding: undefined };
  const differences = off.map(({ movement, entries, difference }) => {
    const others = `${other.toLowerCase()}s`;
    return `its balances moved by ${textOf(movement)}, but the entries of ${others} for its days add up to ${textOf(entries)}, a difference of ${textOf(difference)}`;
  });
  return {
    ...check,
    finding: {
      cause: "FORMAT_MISMATCH",
      summary: `Statement ${statementId} lists no entries: ${differences.join("; ")}`,
      evidence: { statementId, comparedWith: other, movements: off.map(evidenceOf) },
      remedy:
        "Look at the comparisons of the statement. An entry may not have been notified yet: the finding closes when it arrives, or when newer balances agree.",
    },
  };
}

function evidenceOf({ currency, from, to, movement, entries, difference }: MovementComparison): object {
  return {
    currency,
    from: `${from.code} ${textOf(from.money)}`,
    to: `${to.code} ${textOf(to.money)}`,
    movement: textOf(movement),
    entries: textOf(entries),
    difference: textOf(difference),
  };
}

function textOf({ minor, exponent, currency }: Money): string {
  return `${decimalText(minor, exponent)} ${currency}`;
}
