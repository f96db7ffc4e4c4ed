import { hash } from "node:crypto";
import type { StatementPart } from "../../domain/bank.ts";
import { closingOf, isInterim, openingOf } from "../../domain/booked-balances.ts";
import { currenciesOf } from "./currencies.ts";

const KIND_NUMBER = { REPORT: "052", STATEMENT: "053", NOTIFICATION: "054" } as const;
/** Ids are displayed and indexed: a longer one is replaced by its hash. */
const MAX_LENGTH = 200;

/**
 * Returns whether a statement is split into pages. A page number is significant only for a split statement: banks also
 * number the pages of a message whose statements are complete. A statement is complete if it has its own opening and
 * closing booked balance.
 */
export function isCut({ page, balances }: StatementPart): boolean {
  if (page === undefined) return false;
  if (page.number === 1 && page.isLast) return false;
  const [opening, closing] = [openingOf(balances), closingOf(balances)];
  return opening === undefined || isInterim(opening) || closing === undefined || isInterim(closing);
}

/** Page number within the statement; 1 for a complete one. */
export function pageOf(part: StatementPart): number {
  return isCut(part) ? (part.page?.number ?? 1) : 1;
}

/** The ids that a statement may have at its source. */
export interface StatementKey {
  /**
   * Id without a currency: used for statements that name no currency, and for those stored by versions that did not use
   * it.
   */
  readonly plain: string;
  /** Id with the currency; undefined where the statement names none, or several. */
  readonly own: string | undefined;
}

/** Currency of a statement if it is part of its identity. Pages of a split statement need not have balances. */
export function currencyOf(part: StatementPart): string | undefined {
  if (part.account.currency !== undefined || isCut(part)) return part.account.currency;
  const [first, ...others] = currenciesOf(part);
  return others.length === 0 ? first : undefined;
}

/**
 * Identity of a statement across files, message versions and pages: the account, the kind, the bank's id and numbers,
 * and the currency, because an account may have a statement in each of its currencies, all under one id. Statements of
 * banks that give every statement the same id, or restart numbering each year, are distinguished by their first or last
 * day.
 */
export function statementKey(part: StatementPart): StatementKey {
  const { account, kind, statementId, messageId, electronicSequence, legalSequence } = part;
  const numbers = [electronicSequence, legalSequence].filter((number) => number !== undefined && number !== "");
  const parts = [
    account.externalId,
    KIND_NUMBER[kind],
    statementId ?? messageId ?? "-",
    [...new Set(numbers)].join("-"),
    dayOf(part),
  ];
  const currency = currencyOf(part);
  return { plain: joined(parts), own: currency === undefined ? undefined : joined([...parts, currency]) };
}

function joined(parts: readonly string[]): string {
  const key = parts.map((text) => text.replaceAll("/", "_")).join("/");
  if (key.length <= MAX_LENGTH) return key;
  return `${key.slice(0, MAX_LENGTH - 23)}-${hash("sha256", key, "base64url").slice(0, 22)}`;
}

function dayOf(part: StatementPart): string {
  if (part.from !== undefined) return part.from.date;
  if (isCut(part)) return "";
  return closingOf(part.balances)?.date ?? part.lastBooked ?? part.issuedAt?.slice(0, 10) ?? "";
}
