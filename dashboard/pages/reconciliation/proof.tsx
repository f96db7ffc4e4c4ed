import { decimalOf, formatMoney, isZero } from "../../format/money.ts";
import { label, State, words } from "../../ui/elements.tsx";
import { SumTable } from "../../ui/sum-table.tsx";
import { type PayoutItem, PROOF_TONES } from "./item.ts";
import { addUp, type FullMoney, largestOf, scale, type SumPart } from "./sum-parts.ts";

type ProofOf = NonNullable<PayoutItem["proof"]>;

const BASES: Readonly<Record<ProofOf["basis"], string>> = {
  LISTED_ENTRIES: "the ledger entries that the source lists for it",
  BALANCE_SINCE_LAST_PAYOUT: "the ledger since the payout before",
};

const SENTENCES: Readonly<Record<ProofOf["state"], string>> = {
  PROVEN: "The payout is exactly the sum of its lines.",
  EXPLAINED: "The payout is the sum of its lines and of named money of the same ledger.",
  UNEXPLAINED: "A part of the payout has no known reason.",
  PENDING: "The entries are not listed or read yet: it is proven as soon as they are.",
  NOT_DISCLOSED: "The source lists no entries, and no ledger could decide.",
};

/** What a payout is made of: groups of ledger entries with their exact sums, and the residue by its names. */
export function Proof({ payout }: { readonly payout: PayoutItem }) {
  const { proof, amount } = payout;
  if (proof === null) return null;
  return (
    <section aria-label="Proof of the payout">
      <h3>
        What it is made of <State tone={PROOF_TONES[proof.state]}>{words(proof.state)}</State>
      </h3>
      <p class="hint">
        By {BASES[proof.basis]}: {proof.entryCount} entries.
      </p>
      {amount !== null && <ProofSum name={payout.externalId} proof={proof} amount={amount} />}
      {proof.unexplained !== null && !isZero(proof.unexplained.amount) && (
        <p class="alarm">Without a known reason: {formatMoney(proof.unexplained)}</p>
      )}
      {proof.returned !== null && <p>Came back to the balance: {formatMoney(proof.returned)}</p>}
    </section>
  );
}

interface ProofSumProps {
  readonly name: string;
  readonly proof: ProofOf;
  readonly amount: FullMoney;
}

function ProofSum({ name, proof, amount }: ProofSumProps) {
  const { lines, residue, state } = proof;
  const all = [...lines, ...residue].map((one) => one.amount);
  const exponent = Math.max(amount.exponent, ...all.map((one) => one.exponent));
  const row = (money: FullMoney, part: Omit<SumPart, "minor">) => ({
    ...part,
    minor: scale(money, exponent),
    text: formatMoney(money),
    kind: part.isResidue === true ? ("residue" as const) : undefined,
  });
  const parts = [
    ...lines.map((line) => row(line.amount, { name: label(line.kind), note: String(line.entryCount) })),
    ...residue.map((part) => row(part.amount, { name: label(part.kind), note: "residue", isResidue: true })),
  ];
  const sum = addUp(lines.map((line) => line.amount));
  const total = { name: "Payout", minor: scale(amount, exponent), text: formatMoney(amount), kind: "total" as const };
  const rows =
    sum === undefined || residue.length === 0
      ? [...parts, total]
      : [
          ...parts.slice(0, lines.length),
          {
            name: "Sum of the lines",
            minor: sum.minor * 10n ** BigInt(exponent - sum.exponent),
            text: formatMoney({ amount: decimalOf(sum.minor, sum.exponent), currency: sum.currency }),
            kind: "total" as const,
          },
          ...parts.slice(lines.length),
          total,
        ];
  return <SumTable caption={`Proof of ${name}`} rows={rows} largest={largestOf(rows)} sentence={SENTENCES[state]} />;
}
