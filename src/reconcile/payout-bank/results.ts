import type { Item, StoredProposal } from "./items.ts";
import { type Match, type Proposal, textOfUnits } from "./model.ts";

/** Result of an object that is not matched. */
export const UNDECIDED = {
  decidedBy: null,
  matchId: null,
  state: null,
  residue: null,
  residueKind: null,
  reasons: [],
  name: null,
  setProposals: [],
  decisionId: null,
  since: null,
} as const satisfies Partial<Item>;

/** Columns of an item that a match sets. */
export type Result = Pick<
  Item,
  "decidedBy" | "matchId" | "residue" | "residueKind" | "reasons" | "name" | "decisionId"
>;

/** Returns the result of each object of a match. */
export function resultOfMatch(match: Match, decisionId?: string): readonly (readonly [string, Result])[] {
  const { payoutIds, transactionIds, decidedBy, residue, residueKind = null, reasons, name = null } = match;
  const matchId = decisionId ?? (payoutIds.length === 1 ? payoutIds[0] : transactionIds[0]) ?? null;
  const result = {
    decidedBy,
    matchId,
    residue: textOfUnits(residue),
    residueKind,
    reasons,
    name,
    decisionId: decisionId ?? null,
  };
  return [...payoutIds, ...transactionIds].map((id) => [id, result] as const);
}

/** Returns proposals as they are stored. */
export function storedProposals(proposals: readonly Proposal[] = []): readonly StoredProposal[] {
  return proposals.map((proposal) => ({ ...proposal, difference: textOfUnits(proposal.difference) }));
}
