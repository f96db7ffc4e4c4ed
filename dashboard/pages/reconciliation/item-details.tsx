import { reconciliationItemDocument } from "../../operations/reconciliation.ts";
import { formatMoney } from "../../format/money.ts";
import { useApp } from "../../state/app-context.ts";
import { useQuery } from "../../state/use-query.ts";
import { linkTo } from "../../state/route.ts";
import { Details } from "../../ui/details.tsx";
import { Facts, label, Loading, Problem, Since, SourceLink, State, Time, words } from "../../ui/elements.tsx";
import { ArrivalSum } from "./arrival-sum.tsx";
import { Candidates } from "./candidates.tsx";
import { Decisions } from "./decisions.tsx";
import { daysText, isMatchChange, type Item, RESULT_TONES } from "./item.ts";
import { Proof } from "./proof.tsx";
import { Proposals } from "./proposals.tsx";
import { Unmatch } from "./unmatch.tsx";

const CONCERNING = new Set(["PAYOUT", "BANK_TRANSACTION", "LEDGER_ENTRY"]);

export interface ItemDetailsProps {
  readonly id: string;
  /** Called after a decision. */
  onChanged(): void;
}

export function ItemDetails({ id, onChanged }: ItemDetailsProps) {
  const { data, error, reload } = useQuery(
    reconciliationItemDocument,
    { id },
    {
      concerns: (event) => isMatchChange(event) || (event.entityType !== undefined && CONCERNING.has(event.entityType)),
    },
  );
  const node = data?.node;
  const item = node?.__typename === "Payout" || node?.__typename === "BankTransaction" ? node : undefined;
  function changed(): void {
    reload();
    onChanged();
    // The button that was pressed is no longer there. Later, because nothing behind an open dialog can be focused.
    setTimeout(() => document.querySelector<HTMLElement>(".details h2")?.focus(), 0);
  }
  return (
    <Details title={item === undefined ? "Item" : titleOf(item)}>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data !== undefined && item === undefined && <p>This object no longer exists.</p>}
      {item !== undefined && <Content item={item} onChanged={changed} />}
    </Details>
  );
}

const titleOf = (item: Item): string =>
  item.__typename === "Payout" ? `Payout ${item.externalId}` : `Bank transaction ${item.externalId}`;

function Content({ item, onChanged }: { readonly item: Item; readonly onChanged: () => void }) {
  const { session } = useApp();
  const canDecide = session.caller.value.scopes.has("sync");
  const { reconciliation: result } = item;
  const isMatched = result !== null && (result.state === "MATCHED" || result.state === "EXPLAINED");
  return (
    <>
      <ItemFacts item={item} />
      {result === null && (
        <p class="hint">
          It is not matched: no bank reports this currency, it cannot arrive, or it became known only seconds ago.
        </p>
      )}
      {result !== null && <ArrivalSum item={item} result={result} />}
      {result !== null && canDecide && <Unmatch item={item} result={result} onChanged={onChanged} />}
      <Decisions id={item.id} canDecide={canDecide} onChanged={onChanged} />
      {result !== null && !isMatched && result.decision === null && (
        <>
          <Proposals proposals={result.proposals} canDecide={canDecide} onChanged={onChanged} />
          <Candidates item={item} result={result} canDecide={canDecide} onChanged={onChanged} />
        </>
      )}
      {item.__typename === "Payout" && <Proof payout={item} />}
    </>
  );
}

function ItemFacts({ item }: { readonly item: Item }) {
  const { reconciliation: result } = item;
  const facts = [
    ["Source", <SourceLink id={item.source.id} />],
    ["Amount", item.amount === null ? "unknown" : formatMoney(item.amount)],
    ...(item.__typename === "Payout"
      ? ([["Status", item.status === null ? undefined : label(item.status)]] as const)
      : ([
          ["Counterparty", item.counterparty?.name],
          ["Text", item.remittance],
        ] as const)),
  ] as const;
  if (result === null) return <Facts facts={facts} />;
  const { state, since, day, usualUntil, ageDays, moneyAtStake, reasons, route: name, decision } = result;
  return (
    <Facts
      facts={[
        ["Result", <State tone={RESULT_TONES[state]}>{words(state)}</State>],
        ["Since", <Since at={since} />],
        ...facts,
        [item.__typename === "Payout" ? "Expected" : "Booked", day],
        ["Age", daysText(ageDays)],
        ["Usually known until", usualUntil],
        [
          "Money at stake",
          moneyAtStake === null ? undefined : <strong class="alarm">{formatMoney(moneyAtStake)}</strong>,
        ],
        ["Matched by", reasons.map(words).join(", ")],
        ["Route", name === null ? undefined : <a href={linkTo("reconciliation", name, { tab: "routes" })}>{name}</a>],
        [
          "Decision",
          decision === null ? undefined : (
            <>
              {decision.reason} <span class="under">{decision.decidedBy}</span> <Time at={decision.decidedAt} />
            </>
          ),
        ],
      ]}
    />
  );
}
