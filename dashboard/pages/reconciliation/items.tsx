import { useMemo } from "preact/hooks";
import type { ReconciliationItemFilter, ReconciliationStateInput } from "../../operations/__generated__/operations.ts";
import { reconciliationItemsDocument, reconciliationTotalsDocument } from "../../operations/reconciliation.ts";
import { formatMoney } from "../../format/money.ts";
import { useApp } from "../../state/app-context.ts";
import { linkTo, route, setParams } from "../../state/route.ts";
import { PAGE_SIZE, useList } from "../../state/use-list.ts";
import { useQuery } from "../../state/use-query.ts";
import { Empty, label, Loading, Problem, SourceLink, State, words } from "../../ui/elements.tsx";
import { Select } from "../../ui/form.tsx";
import { ListNotice } from "../../ui/list-notice.tsx";
import { SourceSelect } from "../../ui/source-select.tsx";
import { type Column, VirtualTable } from "../../ui/virtual-table.tsx";
import { ItemDetails } from "./item-details.tsx";
import { daysText, isMatchChange, type ListedItem, RESULT_TONES } from "./item.ts";

const STATES: readonly ReconciliationStateInput[] = ["OPEN", "CONFLICT", "TIMING", "EXPLAINED", "MATCHED"];
/** Results that a person has to look at. */
const OPEN_STATES: readonly ReconciliationStateInput[] = ["OPEN", "CONFLICT"];

/** Payouts and bank transactions with the result of matching them, the oldest first. */
export function Items() {
  const { session } = useApp();
  const { params, id } = route.value;
  const filter = useMemo(() => filterOf(params), [JSON.stringify(params)]);
  const { list, error, isOutdated, refresh, show } = useList<ListedItem>({
    key: JSON.stringify(filter),
    async load(after, signal) {
      const variables = { first: PAGE_SIZE, after: after ?? null, filter };
      const { reconciliationItems: page } = await session.run(reconciliationItemsDocument, variables, signal);
      const { hasNextPage, endCursor } = page.pageInfo;
      return { rows: page.nodes, next: hasNextPage ? (endCursor ?? undefined) : undefined };
    },
    concerns: isMatchChange,
  });
  return (
    <>
      <ItemFilters />
      <Totals filter={filter} />
      {error !== undefined && <Problem text={error} retry={refresh} />}
      {!list.isLoaded && error === undefined && <Loading />}
      {list.isLoaded && list.length === 0 && <NothingListed />}
      <div class={`list-and-details ${id === undefined ? "" : "has-details"}`}>
        <div class="list">
          <ListNotice isOutdated={isOutdated} onRefresh={refresh} />
          {list.length > 0 && (
            <VirtualTable
              label="Payouts and bank transactions"
              columns={filter.kind === undefined ? COLUMNS : COLUMNS.filter(({ label: name }) => name !== KIND)}
              length={list.length}
              rowAt={list.rowAt}
              keyOf={(row) => row.id}
              openKey={id}
              onView={show}
            />
          )}
        </div>
        {id !== undefined && <ItemDetails key={id} id={id} onChanged={refresh} />}
      </div>
    </>
  );
}

function filterOf({ source, result = "open", kind }: Readonly<Record<string, string>>): ReconciliationItemFilter {
  return {
    ...(source !== undefined && { sourceIds: [source] }),
    ...(result !== "all" && {
      state: result === "open" ? OPEN_STATES : [result as ReconciliationStateInput], // the server refuses others
    }),
    ...((kind === "PAYOUT" || kind === "BANK_TRANSACTION") && { kind }),
  };
}

function ItemFilters() {
  const { result = "open", kind = "" } = route.value.params;
  return (
    <div class="filters">
      <SourceSelect />
      <Select
        label="Result"
        value={result}
        options={[["open", "Open or contradicted"], ["all", "All"], ...STATES.map((one) => [one, label(one)] as const)]}
        onChange={(value) => setParams({ result: value })}
      />
      <Select
        label="Kind"
        value={kind}
        options={[
          ["", "All"],
          ["PAYOUT", "Payouts"],
          ["BANK_TRANSACTION", "Bank transactions"],
        ]}
        onChange={(value) => setParams({ kind: value })}
      />
    </div>
  );
}

/** Number and money of what the filter selects, by kind and currency: of open items the money at stake. */
function Totals({ filter }: { readonly filter: ReconciliationItemFilter }) {
  const variables = {
    payouts: { ...filter, kind: "PAYOUT" as const },
    transactions: { ...filter, kind: "BANK_TRANSACTION" as const },
  };
  const { data } = useQuery(reconciliationTotalsDocument, variables, { concerns: isMatchChange });
  if (data === undefined) return null;
  const isOpen = (filter.state ?? []).length > 0 && filter.state?.every((one) => OPEN_STATES.includes(one)) === true;
  const kinds = [
    ["PAYOUT", "payout", data.payouts],
    ["BANK_TRANSACTION", "bank transaction", data.transactions],
  ] as const;
  return (
    <ul class="counts" aria-label={isOpen ? "Money at stake" : "Totals"}>
      {kinds
        .filter(([kind]) => filter.kind === undefined || filter.kind === kind)
        .map(([kind, name, { count, sums }]) => (
          <li key={kind}>
            <span class={`figure ${isOpen && count > 0 ? "some" : ""}`}>{count}</span> {name}
            {count === 1 ? "" : "s"}
            {sums.map(({ amount }) => (
              <span key={amount.currency}> · {formatMoney(amount)}</span>
            ))}
          </li>
        ))}
    </ul>
  );
}

function NothingListed() {
  const { source, result = "open", kind } = route.value.params;
  if (result !== "open") return <Empty title="No items match.">Choose another result, kind or source.</Empty>;
  return (
    <Empty title="Nothing is open.">
      {source === undefined && kind === undefined
        ? "Every payout that is due has arrived. "
        : "Nothing of this filter. "}
      <a href={linkTo("reconciliation", undefined, { source, kind, result: "all" })}>List what is matched</a>, or
      connect a payment processor and the bank that its payouts arrive at.
    </Empty>
  );
}

const nameOf = ({ payout, bankTransaction, id }: ListedItem): string =>
  payout?.externalId ??
  bankTransaction?.counterparty?.name ??
  bankTransaction?.remittance ??
  bankTransaction?.externalId ??
  id;

const KIND = "Kind";

const COLUMNS: readonly Column<ListedItem>[] = [
  {
    label: "Item",
    width: "minmax(4rem, 2fr)",
    render: (row) => (
      <a data-focus="open" class="ellipsis" href={linkTo("reconciliation", row.id, route.value.params)}>
        {nameOf(row)}
      </a>
    ),
  },
  {
    label: "Result",
    width: "5.75rem",
    render: ({ reconciliation: { state } }) => <State tone={RESULT_TONES[state]}>{words(state)}</State>,
  },
  {
    label: "Age",
    width: "4.75rem",
    isMinor: true,
    isNumber: true,
    render: ({ reconciliation }) => daysText(reconciliation.ageDays),
  },
  {
    label: "Amount",
    width: "minmax(8.5rem, 1fr)",
    isNumber: true,
    render: ({ reconciliation }) => {
      const amount = formatMoney(reconciliation.amount);
      return <span title={amount}>{amount}</span>;
    },
  },
  {
    label: KIND,
    width: "8.5rem",
    isMinor: true,
    render: ({ payout }) => (payout === null ? "bank transaction" : "payout"),
  },
  { label: "Day", width: "6.25rem", isMinor: true, render: ({ reconciliation }) => reconciliation.day },
  { label: "Source", width: "minmax(6rem, 1fr)", isMinor: true, render: ({ source }) => <SourceLink id={source.id} /> },
];
