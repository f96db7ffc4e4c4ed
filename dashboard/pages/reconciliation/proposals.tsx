import { useState } from "preact/hooks";
import { formatMoney } from "../../format/money.ts";
import { words } from "../../ui/elements.tsx";
import type { Result } from "./item.ts";
import { type Choice, MatchDialog } from "./match-dialog.tsx";

type Proposal = Result["proposals"][number];

export interface ProposalsProps {
  readonly proposals: readonly Proposal[];
  readonly canDecide: boolean;
  onChanged(): void;
}

/** Possible matches that are not certain enough, for a person to decide. */
export function Proposals({ proposals, canDecide, onChanged }: ProposalsProps) {
  const [choice, setChoice] = useState<Choice>();
  if (proposals.length === 0) return null;
  return (
    <section aria-label="Proposals">
      <h3>Proposals</h3>
      <ol class="findings">
        {proposals.map((proposal, index) => (
          <li key={index}>
            <p>
              {sentenceOf(proposal)} <span class="under">{words(proposal.reason)}</span>
            </p>
            {canDecide && (
              <button
                type="button"
                class="small"
                aria-label={`Match proposal ${index + 1}…`}
                onClick={() => setChoice(choiceOf(proposal))}
              >
                Match…
              </button>
            )}
          </li>
        ))}
      </ol>
      <MatchDialog choice={choice} onClose={() => setChoice(undefined)} onMatched={onChanged} />
    </section>
  );
}

const choiceOf = (proposal: Proposal): Choice => ({
  payoutIds: proposal.payouts.map(({ id }) => id),
  bankTransactionIds: proposal.bankTransactions.map(({ id }) => id),
  sentence: sentenceOf(proposal),
});

function sentenceOf({ payouts, bankTransactions, difference }: Proposal): string {
  const named = ({ externalId, amount }: Proposal["payouts"][number]): string =>
    `${externalId}${amount === null ? "" : ` (${formatMoney(amount)})`}`;
  return `${payouts.map(named).join(" + ")} = ${bankTransactions.map(named).join(" + ")}; difference ${formatMoney(difference)}`;
}
