import { findProofs } from "../../reconcile/payout-proof/find-proofs.ts";
import type { Proof } from "../../reconcile/payout-proof/decide-proof.ts";
import { csvLine, decimalText } from "./csv.ts";
import { type Contributor, inPieces, type PackSource } from "./contributor.ts";
import { scopedRows, scopeValues } from "./scope.ts";

/** What each payout is made of, to the cent: see `Payout.proof`. */
export const payoutProofs: Contributor = {
  name: "payout proofs",
  members: (source) => [
    { name: "reconciliation/payout-proofs.jsonl", bytes: inPieces(linesOf(source), source.onWritten) },
    { name: "reconciliation/payout-proofs.csv", bytes: inPieces(tableOf(source)) },
  ],
};

/** A proof, and the payout that it is about. */
interface PackedProof extends Proof {
  readonly sourceId: string;
  readonly externalId: string;
}

interface PayoutKey extends Record<string, unknown> {
  readonly id: string;
  readonly sourceId: string;
  readonly externalId: string;
}

/** Payouts that are proven by the same statements. */
const PROVEN_TOGETHER = 100;

/** Proofs in the order of the payouts. A payout whose source says nothing about its entries has none. */
export async function* readProofs(source: PackSource): AsyncGenerator<PackedProof, void> {
  const payouts = source.rows<PayoutKey>(
    `select id, source_id as "sourceId", external_id as "externalId" from ${scopedRows(source, "payouts")}
     order by ordered_at, id`,
    scopeValues(source),
  );
  let together: PayoutKey[] = [];
  for await (const payout of payouts) {
    if (together.push(payout) < PROVEN_TOGETHER) continue;
    yield* proofsOf(source, together);
    together = [];
  }
  yield* proofsOf(source, together);
}

async function* proofsOf({ tx }: PackSource, payouts: readonly PayoutKey[]): AsyncGenerator<PackedProof, void> {
  if (payouts.length === 0) return;
  const proofs = new Map(
    (
      await findProofs(
        tx,
        payouts.map(({ id }) => id),
      )
    ).map((proof) => [proof.payoutId, proof]),
  );
  for (const { id, sourceId, externalId } of payouts) {
    const proof = proofs.get(id);
    if (proof !== undefined) yield { ...proof, sourceId, externalId };
  }
}

/** Amounts are texts, because readers of JSON may take numbers for floats. */
async function* linesOf(source: PackSource): AsyncGenerator<string, void> {
  for await (const proof of readProofs(source)) {
    const { payoutId, sourceId, externalId, state, basis, currency, exponent } = proof;
    yield JSON.stringify({
      payoutId,
      sourceId,
      externalId,
      state,
      basis,
      currency,
      exponent,
      amount: `${proof.amountMinor}`,
      lines: proof.lines
        .map((line) => ({
          kind: line.kind,
          currency: line.currency,
          exponent: line.exponent,
          count: line.count,
          amount: `${line.minor}`,
        }))
        .toSorted(byKind),
      sum: proof.sumMinor === null ? null : `${proof.sumMinor}`,
      residue: proof.residue
        .map((part) => ({
          kind: part.kind,
          currency: part.currency,
          exponent: part.exponent,
          amount: `${part.minor}`,
        }))
        .toSorted(byKind),
      unexplained: proof.unexplainedMinor === null ? null : `${proof.unexplainedMinor}`,
      returned: `${proof.returnedMinor}`,
    });
  }
}

type Part = { readonly kind: string; readonly currency: string };

function byKind(one: Part, other: Part): number {
  const [left, right] = [`${one.kind} ${one.currency}`, `${other.kind} ${other.currency}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

async function* tableOf(source: PackSource): AsyncGenerator<string, void> {
  yield csvLine([
    "payout",
    "source",
    "external_id",
    "state",
    "basis",
    "currency",
    "amount",
    "sum_of_lines",
    "unexplained",
  ]);
  for await (const proof of readProofs(source)) {
    const { payoutId, sourceId, externalId, state, basis, currency, exponent, amountMinor } = proof;
    const textOf = (minor: bigint | null) => (minor === null ? null : decimalText(minor, exponent));
    yield csvLine([
      payoutId,
      sourceId,
      externalId,
      state,
      basis,
      currency,
      textOf(amountMinor),
      textOf(proof.sumMinor),
      textOf(proof.unexplainedMinor),
    ]);
  }
}
