import { useState } from "preact/hooks";
import { payoutCandidatesDocument, reconciliationItemsDocument } from "../../operations/reconciliation.ts";
import { decimalOf, formatMoney } from "../../format/money.ts";
import { dayOf } from "../../format/time.ts";
import { useApp } from "../../state/app-context.ts";
import { useRead } from "../../state/use-query.ts";
import { Loading, Problem, words } from "../../ui/elements.tsx";
import { Select } from "../../ui/form.tsx";
import { isMatchChange, type Item, type Result } from "./item.ts";
import { type Choice, MatchDialog } from "./match-dialog.tsx";
import { type FullMoney, subtract } from "./sum-parts.ts";

const DAY_MS = 86_400_000;
/** Days around the expected day in which a candidate is booked. */
const DAYS = 14;
const LISTED = 50;

interface Candidate {
  readonly id: string;
  readonly text: string;
  readonly amount: FullMoney;
}

export interface CandidatesProps {
  readonly item: Item;
  readonly result: Result;
  readonly canDecide: boolean;
  onChanged(): void;
}

/** What the other side may be, to be chosen by a person. */
export function Candidates({ item, result, canDecide, onChanged }: CandidatesProps) {
  const { session } = useApp();
  const isPayout = item.__typename === "Payout";
  const [amounts, setAmounts] = useState("same");
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [choice, setChoice] = useState<Choice>();
  const { data, error, reload } = useRead(
    `candidates of ${item.id} ${amounts}`,
    (signal) =>
      isPayout ? transactionsFor({ item, result, amounts }, signal) : payoutsFor({ item, result, amounts }, signal),
    { concerns: isMatchChange },
  );
  async function transactionsFor(search: Search, signal: AbortSignal): Promise<readonly Candidate[]> {
    const { bankTransactions } = await session.run(
      payoutCandidatesDocument,
      { filter: transactionFilter(search) },
      signal,
    );
    return bankTransactions.nodes.flatMap((one) =>
      one.amount === null || one.reconciliation?.state === "MATCHED" || one.reconciliation?.state === "EXPLAINED"
        ? []
        : [
            {
              id: one.id,
              amount: one.amount,
              text: [one.bookingDate, one.source.id, one.counterparty?.name, one.remittance]
                .filter(Boolean)
                .join(" · "),
            },
          ],
    );
  }
  async function payoutsFor(search: Search, signal: AbortSignal): Promise<readonly Candidate[]> {
    const { currency } = search.result.amount;
    const filter = { kind: "PAYOUT", state: ["OPEN", "TIMING"], currency } as const;
    const { reconciliationItems } = await session.run(
      reconciliationItemsDocument,
      { first: LISTED, after: null, filter },
      signal,
    );
    return reconciliationItems.nodes.flatMap(({ id, source, payout, reconciliation }) =>
      amounts === "same" && subtract(reconciliation.amount, [search.result.amount])?.minor !== 0n
        ? []
        : [
            {
              id,
              amount: reconciliation.amount,
              text: `${reconciliation.day} · ${source.id} · ${payout?.externalId ?? id} · ${words(reconciliation.state)}`,
            },
          ],
    );
  }
  const rows = data ?? [];
  const selected = rows.filter(({ id }) => chosen.has(id));
  const sentence = sentenceOf(result.amount, selected);
  const toggle = (id: string): void =>
    setChosen(new Set(chosen.has(id) ? [...chosen].filter((one) => one !== id) : [...chosen, id]));
  const own = [item.id];
  const others = selected.map(({ id }) => id);
  return (
    <section aria-label="Candidates">
      <h3>Candidates</h3>
      <Select
        label="Amount"
        value={amounts}
        options={[
          ["same", "The same amount"],
          ["any", "Any amount"],
        ]}
        onChange={setAmounts}
      />
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data?.length === 0 && <NoCandidates isPayout={isPayout} isSame={amounts === "same"} />}
      <ul class="choices">
        {rows.map(({ id, text, amount }) => (
          <li key={id}>
            <label>
              {canDecide && <input type="checkbox" checked={chosen.has(id)} onChange={() => toggle(id)} />}{" "}
              <strong>{formatMoney(amount)}</strong> <span class="wrap">{text}</span>
            </label>
          </li>
        ))}
      </ul>
      {canDecide && rows.length > 0 && (
        <div class="actions">
          <button
            type="button"
            class="primary"
            disabled={selected.length === 0}
            onClick={() =>
              setChoice({
                payoutIds: isPayout ? own : others,
                bankTransactionIds: isPayout ? others : own,
                sentence,
              })
            }
          >
            Match the chosen…
          </button>
          <span class="quiet" role="status">
            {sentence}
          </span>
        </div>
      )}
      <MatchDialog choice={choice} onClose={() => setChoice(undefined)} onMatched={onChanged} />
    </section>
  );
}

interface Search {
  readonly item: Item;
  readonly result: Result;
  readonly amounts: string;
}

function transactionFilter({ item, result, amounts }: Search) {
  const at = Date.parse(result.day);
  const { amount: decimal, currency } = result.amount;
  const isDebit = item.amount !== null && BigInt(item.amount.minor) < 0n;
  return {
    direction: isDebit ? ("DEBIT" as const) : ("CREDIT" as const),
    amount: { currency, ...(amounts === "same" && { min: decimal, max: decimal }) },
    bookedFrom: dayOf(at - DAYS * DAY_MS),
    bookedTo: dayOf(at + (DAYS + 1) * DAY_MS),
    isReversal: false,
  };
}

function sentenceOf(amount: FullMoney, selected: readonly Candidate[]): string {
  if (selected.length === 0) return "Choose one or several.";
  const rest = subtract(
    amount,
    selected.map((one) => one.amount),
  );
  if (rest === undefined) return `${selected.length} chosen, in several currencies`;
  const difference = formatMoney({ amount: decimalOf(rest.minor, rest.exponent), currency: rest.currency });
  return `${selected.length} chosen; the difference to ${formatMoney(amount)} is ${difference}`;
}

function NoCandidates({ isPayout, isSame }: { readonly isPayout: boolean; readonly isSame: boolean }) {
  if (!isPayout) return <p>No open payout {isSame && "of this amount "}is known in this currency.</p>;
  return (
    <p>
      No {isSame && "transaction of exactly this amount "}
      {!isSame && "unmatched transaction "}was booked within {DAYS} days of the expected day. Look whether the{" "}
      <a href="#/money">statements</a> of these days are complete.
    </p>
  );
}
