import { useCallback, useMemo } from "preact/hooks";
import type {
  EntityTypeInput,
  QuarantinedRecordFilter,
  QuarantinedRecordsQuery,
  QuarantineStatusInput,
} from "../operations/__generated__/operations.ts";
import { useApp } from "../state/app-context.ts";
import {
  quarantinedCountDocument,
  quarantinedRecordDocument,
  quarantinedRecordsDocument,
  replayManyQuarantinedDocument,
  replayQuarantinedDocument,
} from "../operations/quarantine.ts";
import { formatCount, groupDigits } from "../format/money.ts";
import type { BulkStep } from "../graph/bulk-operation.ts";
import { useAction } from "../state/use-action.ts";
import { PAGE_SIZE, useList } from "../state/use-list.ts";
import { useQuery } from "../state/use-query.ts";
import { type BulkOperation, useBulkOperation } from "../state/use-bulk-operation.ts";
import { linkTo, route, setParams } from "../state/route.ts";
import { Bytes } from "../ui/bytes.tsx";
import { Details } from "../ui/details.tsx";
import { Empty, Facts, label, Loading, Page, Problem, SourceLink, State, Time } from "../ui/elements.tsx";
import { Select } from "../ui/form.tsx";
import { ListNotice } from "../ui/list-notice.tsx";
import { BulkReport } from "../ui/bulk-report.tsx";
import { SourceSelect } from "../ui/source-select.tsx";
import { type Column, VirtualTable } from "../ui/virtual-table.tsx";
import { pointerTo } from "./record-pointer.ts";

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
/** Records of one call. */
const REPLAYED = 100;

const COLUMNS: readonly Column<ListedRecord>[] = [
  { label: "Last seen", width: "minmax(7.5rem, 8rem)", render: ({ lastAt }) => <Time at={lastAt} /> },
  {
    label: "Record",
    width: "minmax(9rem, 1fr)",
    render: ({ id, entityType, externalId }) => (
      <a class="ellipsis" data-focus="open" href={linkTo("quarantine", id, route.value.params)}>
        {label(entityType)} {externalId ?? ""}
      </a>
    ),
  },
  {
    label: "Source",
    width: "minmax(7rem, 11rem)",
    isMinor: true,
    render: ({ source }) => <SourceLink id={source.id} />,
  },
  {
    label: "Status",
    width: "7rem",
    render: ({ status }) => <State tone={status === "OPEN" ? "bad" : "good"}>{label(status)}</State>,
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

export function Quarantine() {
  const { session } = useApp();
  const { params, id } = route.value;
  const { source, type, status } = params;
  const filter = useMemo<QuarantinedRecordFilter>(
    () => ({
      ...(source !== undefined && { sourceIds: [source] }),
      ...(type !== undefined && { entityTypes: [type as EntityTypeInput] }), // the server refuses others
      ...(status !== undefined && { status: status as QuarantineStatusInput }),
    }),
    [source, type, status],
  );
  const { list, error, isOutdated, refresh, show } = useList<ListedRecord>({
    key: JSON.stringify(filter),
    async load(after, signal) {
      const variables = { first: PAGE_SIZE, after: after ?? null, filter };
      const { quarantinedRecords } = await session.run(quarantinedRecordsDocument, variables, signal);
      const { hasNextPage, endCursor } = quarantinedRecords.pageInfo;
      return { rows: quarantinedRecords.nodes, next: hasNextPage ? (endCursor ?? undefined) : undefined };
    },
    concerns: ({ __typename: kind }) => kind === "RecordQuarantined",
  });
  const bulk = useBulkOperation();
  return (
    <Page
      title="Quarantine"
      sentence="Records that could not be read, with their bytes. Everything else was applied."
      actions={
        session.caller.value.scopes.has("sync") && <ReplayMatching filter={filter} bulk={bulk} onEnd={refresh} />
      }
    >
      <QuarantineFilters />
      <BulkReport bulk={bulk} />
      {error !== undefined && <Problem text={error} retry={refresh} />}
      {!list.isLoaded && error === undefined && <Loading />}
      {list.isLoaded && list.length === 0 && (
        <Empty title="No quarantined records match.">
          {status === "OPEN"
            ? "Everything that was received could be read."
            : "Remove a part of the filter to see others."}
        </Empty>
      )}
      {list.length > 0 && (
        <div class={`list-and-details ${id === undefined ? "" : "has-details"}`}>
          <div class="list">
            <ListNotice isOutdated={isOutdated} onRefresh={refresh} />
            <VirtualTable
              label="Quarantined records"
              columns={COLUMNS}
              length={list.length}
              rowAt={list.rowAt}
              keyOf={(row) => row.id}
              openKey={id}
              onView={show}
            />
          </div>
          {id !== undefined && <RecordDetails id={id} onChanged={refresh} />}
        </div>
      )}
    </Page>
  );
}

function QuarantineFilters() {
  const { type = "", status = "" } = route.value.params;
  return (
    <div class="filters">
      <SourceSelect />
      <Select
        label="Status"
        value={status}
        options={[
          ["", "All"],
          ["OPEN", "Open"],
          ["RESOLVED", "Resolved"],
        ]}
        onChange={(value) => setParams({ status: value })}
      />
      <Select
        label="Type"
        value={type}
        options={[["", "All"], ...TYPES.map((one) => [one, label(one)] as const)]}
        onChange={(value) => setParams({ type: value })}
      />
    </div>
  );
}

interface ReplayMatchingProps {
  readonly filter: QuarantinedRecordFilter;
  readonly bulk: BulkOperation;
  onEnd(): void;
}

/** Applies all open records that match again. */
function ReplayMatching({ filter, bulk, onEnd }: ReplayMatchingProps) {
  const { session } = useApp();
  const open = { ...filter, status: "OPEN" as const };
  const { data } = useQuery(
    quarantinedCountDocument,
    { filter: open },
    { everyMs: 30_000, concerns: ({ __typename: kind }) => kind === "RecordQuarantined" },
  );
  const total = data?.quarantinedRecords.totalCount;
  async function call(after: string | null): Promise<BulkStep> {
    const input = { filter: open, limit: REPLAYED, after };
    return (await session.run(replayManyQuarantinedDocument, { input })).replayManyQuarantined;
  }
  return (
    <button
      type="button"
      class="primary"
      disabled={bulk.isRunning || filter.status === "RESOLVED" || total?.count === 0}
      onClick={() => bulk.start({ done: "tried again", total: total?.count, call, onEnd })}
    >
      {total === null || total === undefined ? "Replay the open ones" : `Replay ${formatCount(total)} open`}
    </button>
  );
}

function ReplayButton({
  ids,
  onDone,
  children,
}: {
  readonly ids: readonly string[];
  onDone(): void;
  readonly children: string;
}) {
  const { session } = useApp();
  const replay = useAction(async () => {
    const { replayQuarantined } = await session.run(replayQuarantinedDocument, { ids });
    onDone();
    const resolved = replayQuarantined.records.filter(({ status }) => status === "RESOLVED").length;
    const rest = replayQuarantined.records.length - resolved;
    return `${resolved} applied${rest === 0 ? "" : `, ${rest} still cannot be read`}.`;
  });
  return (
    <button
      type="button"
      class="primary"
      disabled={ids.length === 0 || replay.isRunning}
      onClick={() => void replay.start()}
    >
      {children}
    </button>
  );
}

function RecordDetails({ id, onChanged }: { readonly id: string; readonly onChanged: () => void }) {
  const { session } = useApp();
  const { scopes } = session.caller.value;
  const withBody = scopes.has("admin");
  const { data, error, reload } = useQuery(quarantinedRecordDocument, { id, withBody });
  const record = data?.quarantinedRecord;
  const changed = useCallback(() => {
    reload();
    onChanged();
  }, [reload, onChanged]);
  return (
    <Details title={record ? `${label(record.entityType)} ${record.externalId ?? ""}` : "Record"}>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {record === undefined && error === undefined && <Loading />}
      {record === null && <p>This record no longer exists.</p>}
      {record !== null && record !== undefined && (
        <>
          <Facts
            facts={[
              ["Status", <State tone={record.status === "OPEN" ? "bad" : "good"}>{label(record.status)}</State>],
              ["Problem", record.problem],
              ["Place", <code class="wrap">{`${record.raw?.path ?? ""} ${record.path}`}</code>],
              ["Code", record.code],
              ["Source", <SourceLink id={record.source.id} />],
              ["First seen", <Time at={record.firstAt} />],
              ["Last seen", <Time at={record.lastAt} />],
              ["Occurrences", groupDigits(record.occurrences)],
              ["Resolved", record.resolvedAt === null ? undefined : <Time at={record.resolvedAt} />],
              ["File", record.raw?.file?.name],
            ]}
          />
          {scopes.has("sync") && record.status === "OPEN" && (
            <div class="actions">
              <ReplayButton ids={[id]} onDone={changed}>
                Replay
              </ReplayButton>
            </div>
          )}
          <h3>Bytes</h3>
          {!withBody && <p class="hint">A token with the scope admin displays them.</p>}
          {withBody && typeof record.raw?.body === "string" && (
            <Bytes text={record.raw.body} path={pointerTo(record.raw.path, record.path)} />
          )}
          {withBody && typeof record.raw?.body !== "string" && (
            <p class="hint">They are no longer kept, or too large to display.</p>
          )}
        </>
      )}
    </Details>
  );
}
