import type { PayoutFigures, PayoutLineRow, UnlistedRow } from "./find-figures.ts";
import { LINE_KINDS, type LineKind } from "./line-kinds.ts";

/*
 * Decides what is proven about a payout. Always: amount = lines + residue, in the payout's currency.
 *
 * Where the source lists what a payout paid out, the list must add up to the payout. A difference is explained only if
 * named money of the same ledger is exactly the difference, in one way only: what a loan or a reserve took since the
 * payout before and no list contains, or the balance that the payout before left.
 *
 * Where it lists nothing, what is known is the ledger: opening balance + entries since the payout before - payout =
 * balance that is kept. A payout that emptied the balance is proven by it. One that kept a part is explained: its amount
 * was somebody's choice. One of more than the ledger had is not explained.
 */

export type ProofState = "PROVEN" | "EXPLAINED" | "UNEXPLAINED" | "PENDING" | "NOT_DISCLOSED";
export type ResidueKind =
  | "LOAN_REPAYMENT"
  | "RESERVE"
  | "CARRIED_BALANCE"
  | "KEPT_BALANCE"
  | "PENDING_FUNDS"
  | "OTHER_CURRENCY"
  | "NOT_RETURNED"
  | "UNKNOWN";

/** Part of a payout that its lines are not. */
export interface Residue {
  readonly kind: ResidueKind;
  readonly minor: bigint;
  readonly currency: string;
  readonly exponent: number;
}

/** Entries of one kind. */
export type ProofLine = PayoutLineRow;

export interface Proof {
  readonly payoutId: string;
  readonly state: ProofState;
  readonly basis: "LISTED_ENTRIES" | "BALANCE_SINCE_LAST_PAYOUT";
  readonly currency: string;
  readonly exponent: number;
  readonly amountMinor: bigint;
  readonly lines: readonly ProofLine[];
  /** Number of entries behind the lines. */
  readonly entryCount: number;
  /** Sum of the lines in the payout's currency; null if one is in another currency. */
  readonly sumMinor: bigint | null;
  /** Time when all entries of the source's list were stored first; null before that, and without a list. */
  readonly listKnownAt: string | null;
  readonly residue: readonly Residue[];
  /** Amount that nothing explains; null while that is not known. */
  readonly unexplainedMinor: bigint | null;
  /** Part of it by which the balances after later payouts are too small. */
  readonly balanceErrorMinor: bigint;
  readonly returnedMinor: bigint;
}

/** What the proof of a payout is decided from. */
export interface ProofFacts {
  readonly figures: PayoutFigures;
  /** Undefined where they are not read because the balance decides. */
  readonly lines: readonly PayoutLineRow[] | undefined;
  /** Undefined if nothing needs to be explained. */
  readonly unlisted: UnlistedRow | undefined;
}

/**
 * Decides the proofs of payouts, oldest first. What is not explained of one does not count in the balances after it, so
 * that it is found once.
 */
export function decideProofs(facts: readonly ProofFacts[]): readonly Proof[] {
  const corrections = new Map<string, bigint>();
  return facts.flatMap(({ figures, lines, unlisted }) => {
    const correction = corrections.get(figures.ledger) ?? 0n;
    const keptMinor = figures.keptMinor === null ? null : figures.keptMinor + correction;
    const proof = decideProof({ figures: { ...figures, keptMinor }, lines, unlisted });
    const errorMinor = proof?.balanceErrorMinor ?? 0n;
    corrections.set(figures.ledger, correction + errorMinor - figures.balanceErrorMinor);
    return proof ?? [];
  });
}

/** Decides the proof of a payout; undefined if its source says nothing about the entries of its payouts. */
function decideProof(facts: ProofFacts): Proof | undefined {
  const { figures } = facts;
  if (figures.isListed) return decideListed(facts);
  if (!figures.isUndisclosed && figures.departures === 0) return undefined;
  return decideByBalance(facts);
}

/** Returns whether the proof depends on `unlisted`. */
export function needsUnlisted(figures: PayoutFigures, lines: readonly PayoutLineRow[]): boolean {
  if (leftDifferently(figures) !== undefined) return false;
  if (figures.isListed) return figures.listKnownAt !== null && sumIn(figures, lines) !== figures.amountMinor;
  return figures.isInstant;
}

function decideListed({ figures, lines = [], unlisted }: ProofFacts): Proof {
  const proof = { ...commonOf(figures, lines), basis: "LISTED_ENTRIES" as const };
  const foreign = lines.filter((line) => !isIn(figures, line));
  const sum = sumIn(figures, lines);
  const missing = notReturned(figures);
  if (figures.listKnownAt === null) return { ...proof, state: "PENDING", residue: missing, unexplainedMinor: null };
  const difference = figures.amountMinor - sum;
  const foreignSums = sumsByCurrency(foreign);
  if (foreignSums.length > 0) {
    const unknown = difference === 0n ? [] : [residueOf(figures, "UNKNOWN", difference)];
    return unexplained(proof, [...foreignSums, ...unknown], { minor: difference, error: difference });
  }
  const wrong = leftDifferently(figures);
  if (wrong !== undefined) return unexplained(proof, [wrong], { minor: wrong.minor, error: 0n });
  if (missing.length > 0) return { ...proof, state: "PENDING", residue: missing, unexplainedMinor: null };
  if (difference === 0n) return { ...proof, state: "PROVEN", residue: [], unexplainedMinor: 0n };
  const named = onlyExplanation(figures, difference, unlisted);
  if (named !== undefined) return { ...proof, state: "EXPLAINED", residue: named, unexplainedMinor: 0n };
  const unknown = residueOf(figures, "UNKNOWN", difference);
  return unexplained(proof, [unknown], { minor: difference, error: difference });
}

function decideByBalance({ figures, lines, unlisted }: ProofFacts): Proof {
  const proof = { ...commonOf(figures, lines ?? []), basis: "BALANCE_SINCE_LAST_PAYOUT" as const };
  const { keptMinor: kept, settledMinor: settled } = figures;
  const undecided = { ...proof, residue: [], unexplainedMinor: null };
  if (!figures.hasLedger) return { ...undecided, state: "NOT_DISCLOSED" };
  const wrong = leftDifferently(figures);
  if (wrong !== undefined) return unexplained(proof, [wrong], { minor: wrong.minor, error: 0n });
  const missing = notReturned(figures);
  if (lines !== undefined && isOutdated(figures, lines)) return { ...undecided, state: "PENDING" };
  if (figures.departures === 0 || kept === null || settled === null || missing.length > 0)
    return { ...undecided, state: "PENDING", residue: missing };
  const opening = kept - settled;
  const carried = opening === 0n ? [] : [residueOf(figures, "CARRIED_BALANCE", opening)];
  if (kept >= 0n) {
    const left = kept === 0n ? [] : [residueOf(figures, "KEPT_BALANCE", -kept)];
    const residue = [...carried, ...left];
    return { ...proof, state: residue.length === 0 ? "PROVEN" : "EXPLAINED", residue, unexplainedMinor: 0n };
  }
  if (figures.isInstant && (unlisted?.pendingMinor ?? 0n) + kept >= 0n)
    return {
      ...proof,
      state: "EXPLAINED",
      residue: [...carried, residueOf(figures, "PENDING_FUNDS", -kept)],
      unexplainedMinor: 0n,
    };
  const unknown = residueOf(figures, "UNKNOWN", -kept);
  return unexplained(proof, [...carried, unknown], { minor: -kept, error: -kept });
}

function unexplained(
  proof: Omit<Proof, "state" | "residue" | "unexplainedMinor">,
  residue: readonly Residue[],
  { minor, error }: { readonly minor: bigint; readonly error: bigint },
): Proof {
  return { ...proof, state: "UNEXPLAINED", residue, unexplainedMinor: minor, balanceErrorMinor: error };
}

function commonOf(figures: PayoutFigures, rows: readonly PayoutLineRow[]) {
  const { payoutId, currency, exponent, amountMinor, listKnownAt, returnedMinor } = figures;
  const lines = withDepartureFee(figures, rows).toSorted(
    (a, b) => LINE_KINDS.indexOf(a.kind) - LINE_KINDS.indexOf(b.kind) || (a.currency < b.currency ? -1 : 1),
  );
  const isMixed = rows.some((line) => !isIn(figures, line));
  const sumMinor = isMixed ? null : sumIn(figures, lines);
  const entryCount = rows.reduce((count, { entries }) => count + entries, 0);
  return {
    payoutId,
    currency,
    exponent,
    amountMinor,
    listKnownAt,
    returnedMinor,
    lines,
    entryCount,
    sumMinor,
    balanceErrorMinor: 0n,
  };
}

/** The fee of an instant payout is in the entry by which it left the balance. */
function withDepartureFee(figures: PayoutFigures, rows: readonly ProofLine[]): readonly ProofLine[] {
  const { payoutId, isListed, departureFeeMinor, currency, exponent } = figures;
  if (isListed || departureFeeMinor === 0n) return rows;
  const isFees = (line: ProofLine): boolean => line.kind === "FEES" && isIn(figures, line);
  const own = rows.find(isFees) ?? {
    payoutId,
    kind: "FEES" as LineKind,
    currency,
    exponent,
    count: 0,
    entries: 0,
    minor: 0n,
  };
  const fees = { ...own, count: own.count + figures.departures, minor: own.minor - departureFeeMinor };
  return [...rows.filter((line) => !isFees(line)), fees];
}

function isIn({ currency, exponent }: PayoutFigures, line: ProofLine): boolean {
  return line.currency === currency && line.exponent === exponent;
}

function sumIn(figures: PayoutFigures, lines: readonly ProofLine[]): bigint {
  return lines.reduce((sum, line) => (isIn(figures, line) ? sum + line.minor : sum), 0n);
}

function residueOf({ currency, exponent }: PayoutFigures, kind: ResidueKind, minor: bigint): Residue {
  return { kind, minor, currency, exponent };
}

/** A payout of which the ledger says another amount than the payout itself. */
function leftDifferently(figures: PayoutFigures): Residue | undefined {
  const { departures, departureMinor, amountMinor } = figures;
  if (departures === 0 || departureMinor === -amountMinor) return undefined;
  return residueOf(figures, "UNKNOWN", amountMinor + departureMinor);
}

/** Returns whether entries have changed since the balance was calculated, which happens again within a minute. */
function isOutdated(figures: PayoutFigures, lines: readonly PayoutLineRow[]): boolean {
  const { settledMinor, amountMinor, departures, departureMinor, departureFeeMinor } = figures;
  if (settledMinor === null) return true;
  const left = departures === 0 ? -amountMinor : departureMinor - departureFeeMinor;
  return settledMinor !== sumIn(figures, lines) + left;
}

/** What a failed or canceled payout must bring back and has not, once it is known to have left. */
function notReturned(figures: PayoutFigures): readonly Residue[] {
  const { status, departures, amountMinor, returnedMinor } = figures;
  if ((status !== "FAILED" && status !== "CANCELED") || departures === 0) return [];
  const missing = amountMinor - returnedMinor;
  return missing === 0n ? [] : [residueOf(figures, "NOT_RETURNED", missing)];
}

/** Sums in other currencies; those that cancel each other out are left out. */
function sumsByCurrency(lines: readonly ProofLine[]): readonly Residue[] {
  return [...Map.groupBy(lines, ({ currency, exponent }) => `${currency} ${exponent}`).values()].flatMap((some) => {
    const minor = some.reduce((sum, line) => sum + line.minor, 0n);
    const [first] = some;
    return minor === 0n || first === undefined
      ? []
      : [{ kind: "OTHER_CURRENCY" as const, minor, currency: first.currency, exponent: first.exponent }];
  });
}

/** The only set of named amounts that is the difference; undefined if there is none, or a second one. */
function onlyExplanation(
  figures: PayoutFigures,
  difference: bigint,
  unlisted: UnlistedRow | undefined,
): readonly Residue[] | undefined {
  const { keptMinor, settledMinor } = figures;
  const opening = keptMinor === null || settledMinor === null ? 0n : keptMinor - settledMinor;
  const named = [
    residueOf(figures, "LOAN_REPAYMENT", unlisted?.loanMinor ?? 0n),
    residueOf(figures, "RESERVE", unlisted?.reserveMinor ?? 0n),
    residueOf(figures, "CARRIED_BALANCE", opening),
  ].filter(({ minor }) => minor !== 0n);
  const sets = subsetsOf(named).filter((set) => set.reduce((sum, { minor }) => sum + minor, 0n) === difference);
  return sets.length === 1 ? sets[0] : undefined;
}

/** At most three amounts have seven sets. */
function subsetsOf(items: readonly Residue[]): readonly (readonly Residue[])[] {
  return items
    .reduce<readonly (readonly Residue[])[]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]])
    .filter(({ length }) => length > 0);
}
