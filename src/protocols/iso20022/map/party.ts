import type { CamtAccount, CamtAgent, CamtParty, CamtReference, CamtSide } from "../camt.ts";
import { isIban, normalizeIban } from "../values/iban.ts";
import { child, descendant, textAt, type XmlElement } from "../xml/element.ts";
import { toIdentifiers } from "./references.ts";
import { toChoice } from "./values.ts";

/**
 * Maps a party, or the choice of a party and an agent that exists from .08 on: Dbtr/Nm, Dbtr/Pty/Nm,
 * Dbtr/Agt/FinInstnId/Nm.
 */
export function toParty(element: XmlElement | undefined): CamtParty | undefined {
  if (element === undefined) return undefined;
  const agent = descendant(element, "Agt", "FinInstnId");
  if (agent !== undefined) return { name: textAt(agent, "Nm"), identifiers: agentIdentifiers(agent) };
  const party = child(element, "Pty") ?? element;
  return { name: textAt(party, "Nm"), identifiers: toIdentifiers(child(party, "Id")) };
}

function agentIdentifiers(institution: XmlElement): readonly CamtReference[] {
  return ["BIC", "BICFI", "LEI"].flatMap((name) => {
    const value = textAt(institution, name);
    return value === undefined ? [] : [{ name, value }];
  });
}

/** DbtrAgt, CdtrAgt, Svcr. */
export function toAgent(element: XmlElement | undefined): CamtAgent | undefined {
  const outer = child(element, "FinInstnId");
  if (outer === undefined) return undefined;
  const institution = child(outer, "CmbndId") ?? outer; // .01 has here the choice of one identifier, or all of them
  const member = child(institution, "ClrSysMmbId");
  return {
    bic: textAt(institution, "BICFI") ?? textAt(institution, "BIC"),
    name: textAt(institution, "Nm") ?? textAt(institution, "NmAndAdr", "Nm"),
    clearingMember: textAt(member, "MmbId") ?? textAt(member, "Id"),
  };
}

/** Acct/Id: the IBAN, or any other identifier of the account. */
export function toAccountId(id: XmlElement | undefined): Pick<CamtAccount, "iban" | "other"> {
  const written = textAt(id, "IBAN");
  if (written !== undefined) return { iban: normalizeIban(written), other: undefined };
  const other = textAt(id, "Othr", "Id") ?? textAt(id, "PrtryAcct", "Id") ?? textAt(id, "BBAN") ?? textAt(id, "UPIC"); // .01
  const iban = other === undefined ? undefined : normalizeIban(other);
  return iban !== undefined && isIban(iban) ? { iban, other: undefined } : { iban: undefined, other };
}

/** Stmt/Acct. */
export function toAccount(element: XmlElement | undefined): CamtAccount | undefined {
  if (element === undefined) return undefined;
  const id = child(element, "Id");
  return {
    ...toAccountId(id),
    scheme: toChoice(descendant(id, "Othr", "SchmeNm")),
    currency: textAt(element, "Ccy"),
    name: textAt(element, "Nm"),
    owner: toParty(child(element, "Ownr")),
    servicer: toAgent(child(element, "Svcr")),
  };
}

/** Maps one side of a transaction: the content of TxDtls's RltdPties and RltdAgts about the `Dbtr` or the `Cdtr`. */
export function toSide(details: XmlElement, role: "Dbtr" | "Cdtr"): CamtSide {
  const parties = child(details, "RltdPties");
  const account = child(parties, `${role}Acct`);
  return {
    party: toParty(child(parties, role)),
    account: account === undefined ? undefined : toAccountId(child(account, "Id")),
    agent: toAgent(descendant(details, "RltdAgts", `${role}Agt`)),
    ultimate: toParty(child(parties, `Ultmt${role}`)),
  };
}
