import { useMemo } from "preact/hooks";
import type {
  EntityTypeInput,
  QuarantinedRecordFilter,
  QuarantinedRecordsQuery,
  QuarantineStatusInput,
} from "../../operations/__generated__/operations.ts";
import { quarantinedCountDocument, quarantinedRecordsDocument } from "../../operations/quarantine.ts";
import { groupDigits } from "../../format/money.ts";
import { useApp } from "../../state/app-context.ts";
import { linkTo, route, setParams } from "../../state/route.ts";
import { createSelection } from "../../state/selection.ts";
import { useBulkOperation } from "../../state/use-bulk-operation.ts";
import { PAGE_SIZE, useList } from "../../state/use-list.ts";
import { useQuery } from "../../state/use-query.ts";
import { useSelection } from "../../state/use-selection.ts";
import { BulkReport } from "../../ui/bulk-report.tsx";
import { Empty, label, Loading, Page, Problem, SourceLink, State, Time } from "../../ui/elements.tsx";
import { Select, TextField } from "../../ui/form.tsx";
import { ListNotice } from "../../ui/list-notice.tsx";
import { selectColumn, SelectionBar, type SelectionBarProps } from "../../ui/selection-bar.tsx";
import { SourceSelect } from "../../ui/source-select.tsx";
import { type Column, VirtualTable } from "../../ui/virtual-table.tsx";
import { recordActions } from "./bulk-actions.ts";
import { RecordDetails } from "./record-details.tsx";
import { RECORD_TONES } from "./record-tones.ts";

type ListedRecord = QuarantinedRecordsQuery["quarantinedRecords"]["nodes"][number];

const TYPES: readonly EntityTypeInput[] = [
  "PARTY",
  "ACCOUNT",
  "BALANCE",
  "PAYMENT",
  "PAYMENT_ATTEMPT",
  "REFUND",
  "DISPUTE",
  "PAYOUT",
  "LEDGER_ENTRY",
  "BANK_TRANSACTION",
  "STATEMENT",
];

/** Records that could not be read; without a filter the open ones. */
export function Quarantine() {
  const { session } = useApp();
  const { params, id } = route.value;
  const filter = useMemo(() => filterOf(params), [JSON.stringify(params)]);
  const key = JSON.stringify(filter);
  const { list, error, isOutdated, refresh, show } = useList<ListedRecord>({
    key,
    async load(after, signal) {
      const variables = { first: PAGE_SIZE, after: after ?? null, filter };
      const { quarantinedRecords } = await session.run(quarantinedRecordsDocument, variables, signal);
      const { hasNextPage, endCursor } = quarantinedRecords.pageInfo;
      return { rows: quarantinedRecords.nodes, next: hasNextPage ? (endCursor ?? undefined) : undefined };
    },
    concerns: ({ __typename: kind }) => kind === "RecordQuarantined",
  });
  const [selection, select] = useSelection(key);
  const canSync = session.caller.value.scopes.has("sync");
  const bulk = useBulkOperation();
  const done = (): void => {
    select(createSelection());
    refresh();
  };
  return (
    <Page title="Quarantine" sentence="Records that could not be read, with their bytes. Everything else was applied.">
      <QuarantineFilters />
      <BulkReport bulk={bulk} />
      {error !== undefined && <Problem text={error} retry={refresh} />}
      {!list.isLoaded && error === undefined && <Loading />}
      {list.isLoaded && list.length === 0 && <NothingListed />}
      {(list.length > 0 || id !== undefined) && (
        <div class={`list-and-details ${id === undefined ? "" : "has-details"}`}>
          <div class="list">
            {canSync && list.length > 0 && (
              <RecordSelection selection={selection} onSelect={select} filter={filter} bulk={bulk} onDone={done} />
            )}
            <ListNotice isOutdated={isOutdated} onRefresh={refresh} />
            {list.length > 0 && (
              <VirtualTable
                label="Quarantined records"
                columns={canSync ? [selectColumn(selection, select, nameOf), ...COLUMNS] : COLUMNS}
                length={list.length}
                rowAt={list.rowAt}
                keyOf={(row) => row.id}
                openKey={id}
                onView={show}
              />
            )}
          </div>
          {id !== undefined && <RecordDetails id={id} onChanged={refresh} />}
        </div>
      )}
    </Page>
  );
}

/** The status that is listed unless another one is chosen. */
const FIRST_STATUS = "OPEN";

function filterOf(params: Readonly<Record<string, string>>): QuarantinedRecordFilter {
  const { source, type, path, status = FIRST_STATUS } = params;
  return {
    ...(source !== undefined && { sourceIds: [source] }),
    ...(type !== undefined && { entityTypes: [type as EntityTypeInput] }), // the server refuses others
    ...(path !== undefined && { paths: [path] }),
    ...(status !== "all" && { status: status as QuarantineStatusInput }),
  };
}

function QuarantineFilters() {
  const { type = "", path = "", status = FIRST_STATUS } = route.value.params;
  return (
    <div class="filters">
      <SourceSelect />
      <Select
        label="Status"
        value={status}
        options={[
          ["OPEN", "Open"],
          ["DISCARDED", "Discarded"],
          ["RESOLVED", "Resolved"],
          ["all", "All"],
        ]}
        onChange={(value) => setParams({ status: value })}
      />
      <Select
        label="Type"
        value={type}
        options={[["", "All"], ...TYPES.map((one) => [one, label(one)] as const)]}
        onChange={(value) => setParams({ type: value })}
      />
      <TextField
        label="Path of the error"
        placeholder="amount"
        value={path}
        onChange={(value) => setParams({ path: value })}
      />
    </div>
  );
}

function NothingListed() {
  const { source, type, path, status = FIRST_STATUS } = route.value.params;
  if (status === FIRST_STATUS && (type ?? path) === undefined)
    return (
      <Empty title="Nothing is quarantined.">
        Everything that {source === undefined ? "was received" : `${source} has sent`} could be read.{" "}
        <a href={linkTo("quarantine", undefined, { source, status: "all" })}>All records</a> include those that were
        resolved or discarded.
      </Empty>
    );
  return <Empty title="No quarantined records match.">Remove a part of the filter to see others.</Empty>;
}

interface RecordSelectionProps extends Pick<SelectionBarProps, "selection" | "onSelect" | "bulk" | "onDone"> {
  readonly filter: QuarantinedRecordFilter;
}

function RecordSelection({ filter, ...props }: RecordSelectionProps) {
  const { session } = useApp();
  const { data } = useQuery(
    quarantinedCountDocument,
    { filter },
    { everyMs: 30_000, concerns: ({ __typename: kind }) => kind === "RecordQuarantined" },
  );
  return (
    <SelectionBar
      {...props}
      actions={recordActions(session, filter)}
      total={data?.quarantinedRecords.totalCount}
      required={filter.status === "OPEN" ? undefined : "To select all, choose the status Open."}
    />
  );
}

const nameOf = ({ entityType, externalId }: ListedRecord): string => `${label(entityType)} ${externalId ?? ""}`;

const COLUMNS: readonly Column<ListedRecord>[] = [
  { label: "Last seen", width: "minmax(7.5rem, 8rem)", render: ({ lastAt }) => <Time at={lastAt} /> },
  {
    label: "Record",
    width: "minmax(9rem, 1.2fr)",
    render: (row) => (
      <a class="ellipsis" data-focus="open" title={nameOf(row)} href={linkTo("quarantine", row.id, route.value.params)}>
        {nameOf(row)}
      </a>
    ),
  },
  {
    label: "Source",
    width: "minmax(6.5rem, 0.8fr)",
    isMinor: true,
    render: ({ source }) => <SourceLink id={source.id} />,
  },
  {
    label: "Status",
    width: "7rem",
    render: ({ status }) => <State tone={RECORD_TONES[status]}>{label(status)}</State>,
  },
  {
    label: "Times",
    width: "4rem",
    isMinor: true,
    isNumber: true,
    render: ({ occurrences }) => groupDigits(occurrences),
  },
  {
    label: "Problem",
    width: "minmax(8rem, 1.6fr)",
    isMinor: true,
    render: ({ path, problem }) => <span class="ellipsis" title={problem}>{`${path} ${problem}`}</span>,
  },
];
