import { hash } from "node:crypto";
import type { StatementPart } from "../domain/bank.ts";
import { closingOf, openingOf } from "./days.ts";

const KIND_NUMBER = { REPORT: "052", STATEMENT: "053", NOTIFICATION: "054" } as const;
/** Ids are shown and indexed: a longer one is shortened to its hash. */
const MAX_LENGTH = 200;

/**
 * A page number only says something about a statement that is cut: banks also number the pages of a message whose statements
 * are whole. Whole is what has its own opening and closing booked balance.
 */
export function isCut({ page, balances }: StatementPart): boolean {
  if (page === undefined) return false;
  if (page.number === 1 && page.isLast) return false;
  const [opening, closing] = [openingOf(balances)?.code, closingOf(balances)?.code];
  return opening === undefined || opening === "ITBD" || closing !== "CLBD";
}

/** Which page of its statement it is; 1 for a whole one. */
export function pageOf(part: StatementPart): number {
  return isCut(part) ? (part.page?.number ?? 1) : 1;
}

/**
 * What makes a statement the same one in another file, another version of the message, or on another page: the account, the
 * kind, the bank's id and numbers. Banks that give every statement one id, or begin to count anew each year, are told apart by
 * the day that it begins with, or ends with.
 */
export function statementKey(part: StatementPart): string {
  const { account, kind, statementId, messageId, electronicSequence, legalSequence } = part;
  const numbers = [electronicSequence, legalSequence].filter((number) => number !== undefined && number !== "");
  const parts = [
    account.externalId,
    KIND_NUMBER[kind],
    statementId ?? messageId ?? "-",
    [...new Set(numbers)].join("-"),
    dayOf(part),
  ];
  const key = parts.map((text) => text.replaceAll("/", "_")).join("/");
  if (key.length <= MAX_LENGTH) return key;
  return `${key.slice(0, MAX_LENGTH - 23)}-${hash("sha256", key, "base64url").slice(0, 22)}`;
}

function dayOf(part: StatementPart): string {
  if (part.from !== undefined) return part.from.date;
  if (isCut(part)) return "";
  return closingOf(part.balances)?.date ?? part.lastBooked ?? part.issuedAt?.slice(0, 10) ?? "";
}
