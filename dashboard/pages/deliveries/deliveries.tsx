import { useMemo } from "preact/hooks";
import type {
  DeliveriesQuery,
  DeliveryFilter,
  DeliveryStatusInput,
} from "../../operations/__generated__/operations.ts";
import { useApp } from "../../state/app-context.ts";
import { deliveriesDocument, deliveryCountDocument } from "../../operations/deliveries.ts";
import { createSelection } from "../../state/selection.ts";
import { useBulkOperation } from "../../state/use-bulk-operation.ts";
import { PAGE_SIZE, useList } from "../../state/use-list.ts";
import { useQuery } from "../../state/use-query.ts";
import { useSelection } from "../../state/use-selection.ts";
import { linkTo, route, setParams } from "../../state/route.ts";
import { Empty, label, Loading, Page, Problem, SourceLink, State, Time } from "../../ui/elements.tsx";
import { Select, TextField } from "../../ui/form.tsx";
import { ListNotice } from "../../ui/list-notice.tsx";
import { BulkReport } from "../../ui/bulk-report.tsx";
import { selectColumn, SelectionBar, type SelectionBarProps } from "../../ui/selection-bar.tsx";
import { SourceSelect } from "../../ui/source-select.tsx";
import { type Column, VirtualTable } from "../../ui/virtual-table.tsx";
import { deliveryActions } from "./bulk-actions.ts";
import { DeliveryDetails } from "./delivery-details.tsx";
import { DELIVERY_TONES } from "./delivery-tones.ts";

export type ListedDelivery = DeliveriesQuery["deliveries"]["nodes"][number];

const STATUSES: readonly DeliveryStatusInput[] = ["PENDING", "APPLIED", "PARKED", "DISCARDED"];
const CONCERNING = new Set(["DeliveryReceived", "DeliveryParked"]);

export function Deliveries() {
  const { session } = useApp();
  const { params, id } = route.value;
  const filter = useMemo(() => filterOf(params), [JSON.stringify(params)]);
  const key = JSON.stringify(filter);
  const state = useList<ListedDelivery>({
    key,
    async load(after, signal) {
      const variables = { first: PAGE_SIZE, after: after ?? null, filter };
      const { deliveries } = await session.run(deliveriesDocument, variables, signal);
      const { hasNextPage, endCursor } = deliveries.pageInfo;
      return { rows: deliveries.nodes, next: hasNextPage ? (endCursor ?? undefined) : undefined };
    },
    concerns: ({ __typename: type, source }) =>
      CONCERNING.has(type) && (params["source"] === undefined || source?.id === params["source"]),
  });
  const [selection, select] = useSelection(key);
  const canSync = session.caller.value.scopes.has("sync");
  const bulk = useBulkOperation();
  const { list, error, isOutdated, refresh, show } = state;
  const done = (): void => {
    select(createSelection());
    refresh();
  };
  return (
    <Page title="Deliveries" sentence="Webhook calls as they were received, newest first.">
      <DeliveryFilters />
      <BulkReport bulk={bulk} />
      {error !== undefined && <Problem text={error} retry={refresh} />}
      {!list.isLoaded && error === undefined && <Loading />}
      {list.isLoaded && list.length === 0 && (
        <Empty title="No deliveries match.">
          {Object.keys(filter).length === 0
            ? "Point the webhooks of a source at the address on its page; then its calls appear here."
            : "Remove a part of the filter to see others."}
        </Empty>
      )}
      {list.length > 0 && (
        <div class={`list-and-details ${id === undefined ? "" : "has-details"}`}>
          <div class="list">
            {canSync && (
              <DeliverySelection selection={selection} onSelect={select} filter={filter} bulk={bulk} onDone={done} />
            )}
            <ListNotice isOutdated={isOutdated} onRefresh={refresh} />
            <VirtualTable
              label="Deliveries"
              columns={canSync ? [selectColumn(selection, select, nameOf), ...COLUMNS] : COLUMNS}
              length={list.length}
              rowAt={list.rowAt}
              keyOf={(row) => row.id}
              openKey={id}
              onView={show}
            />
          </div>
          {id !== undefined && <DeliveryDetails id={id} onChanged={refresh} />}
        </div>
      )}
    </Page>
  );
}

interface DeliverySelectionProps extends Pick<SelectionBarProps, "selection" | "onSelect" | "bulk" | "onDone"> {
  readonly filter: DeliveryFilter;
}

function DeliverySelection({ filter, ...props }: DeliverySelectionProps) {
  const { session } = useApp();
  const { data } = useQuery(deliveryCountDocument, { filter }, { everyMs: 30_000 });
  const hasFilter = Object.keys(filter).length > 0;
  return (
    <SelectionBar
      {...props}
      actions={deliveryActions(session, filter)}
      total={data?.deliveries.totalCount}
      required={hasFilter ? undefined : "To select all, set a filter first, such as the status Parked."}
    />
  );
}

function filterOf(params: Readonly<Record<string, string>>): DeliveryFilter {
  const { source, status, code, type, from, to } = params;
  const time = (value: string | undefined): string | undefined =>
    value === undefined || Number.isNaN(Date.parse(value)) ? undefined : new Date(value).toISOString();
  return {
    ...(source !== undefined && { sourceIds: [source] }),
    ...(status !== undefined && { status: [status as DeliveryStatusInput] }), // the server refuses others
    ...(code !== undefined && { errorCodes: [code] }),
    ...(type !== undefined && { eventTypes: [type] }),
    ...(time(from) !== undefined && { receivedFrom: time(from) }),
    ...(time(to) !== undefined && { receivedTo: time(to) }),
  };
}

function DeliveryFilters() {
  const { time } = useApp();
  const { status = "", code = "", type = "", from = "", to = "" } = route.value.params;
  return (
    <div class="filters">
      <SourceSelect />
      <Select
        label="Status"
        value={status}
        options={[["", "All"], ...STATUSES.map((one) => [one, label(one)] as const)]}
        onChange={(value) => setParams({ status: value })}
      />
      <TextField label="Error code" value={code} onChange={(value) => setParams({ code: value })} />
      <TextField label="Event type" value={type} onChange={(value) => setParams({ type: value })} />
      <TextField
        label={`From (${time.zone})`}
        type="datetime-local"
        value={from}
        onChange={(value) => setParams({ from: value })}
      />
      <TextField
        label={`To (${time.zone})`}
        type="datetime-local"
        value={to}
        onChange={(value) => setParams({ to: value })}
      />
    </div>
  );
}

const nameOf = ({ eventType, deliveryKey }: ListedDelivery): string => eventType ?? deliveryKey;

const COLUMNS: readonly Column<ListedDelivery>[] = [
  { label: "Received", width: "minmax(7.5rem, 8rem)", render: ({ receivedAt }) => <Time at={receivedAt} /> },
  {
    label: "Event type",
    width: "minmax(9rem, 1fr)",
    render: (row) => (
      <a class="ellipsis" data-focus="open" href={linkTo("deliveries", row.id, route.value.params)}>
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
    render: ({ status }) => <State tone={DELIVERY_TONES[status]}>{label(status)}</State>,
  },
  { label: "Attempts", width: "4.5rem", isMinor: true, isNumber: true, render: ({ attempts }) => attempts },
  {
    label: "Error",
    width: "minmax(8rem, 1.4fr)",
    isMinor: true,
    render: ({ errorCode, errorMessage }) =>
      errorCode !== null && (
        <span class="ellipsis" title={errorMessage ?? ""}>{`${errorCode}: ${errorMessage ?? ""}`}</span>
      ),
  },
];
