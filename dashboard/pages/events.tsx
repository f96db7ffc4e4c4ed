import { useSignal } from "@preact/signals";
import { useCallback, useMemo } from "preact/hooks";
import { useApp } from "../state/app-context.ts";
import { groupDigits } from "../format/money.ts";
import type { LiveEvent } from "../graph/event-fields.ts";
import { MAX_EVENTS } from "../graph/session.ts";
import { route, setParams } from "../state/route.ts";
import { Empty, label, Page, SourceLink, Time } from "../ui/elements.tsx";
import { Select, TextField } from "../ui/form.tsx";
import { SourceSelect } from "../ui/source-select.tsx";
import { type Column, VirtualTable } from "../ui/virtual-table.tsx";
import { kindOf, sentenceOf } from "./event-sentence.ts";

const KINDS = [
  "RunStarted",
  "RunProgressed",
  "RunFinished",
  "EntityChanged",
  "DeliveryReceived",
  "DeliveryParked",
  "RecordQuarantined",
  "SourceStatusChanged",
  "SourceHealthChanged",
  "FindingOpened",
  "FindingClosed",
  "BudgetClosed",
] as const;

const COLUMNS: readonly Column<LiveEvent>[] = [
  { label: "Time", width: "minmax(7.5rem, 8rem)", render: ({ at }) => <Time at={at} /> },
  { label: "Kind", width: "minmax(9rem, 12rem)", render: (event) => label(kindOf(event)) },
  {
    label: "Source",
    width: "minmax(8rem, 14rem)",
    isMinor: true,
    render: ({ source }) => (source === null ? "—" : <SourceLink id={source.id} />),
  },
  { label: "What", width: "minmax(14rem, 1fr)", render: (event) => <span class="ellipsis">{sentenceOf(event)}</span> },
  { label: "Cursor", width: "5.5rem", isMinor: true, render: ({ cursor }) => <CopyCursor cursor={cursor} /> },
];

/** The events as they are committed. */
export function Events() {
  const { session } = useApp();
  const paused = useSignal<readonly LiveEvent[] | undefined>(undefined);
  const { source, kind, text = "" } = route.value.params;
  const live = session.events.value;
  const all = paused.value ?? live;
  const events = useMemo(() => {
    const needle = text.toLowerCase();
    return all
      .filter(
        (event) =>
          (source === undefined || event.source?.id === source) &&
          (kind === undefined || event.__typename === kind) &&
          (needle === "" || sentenceOf(event).toLowerCase().includes(needle)),
      )
      .toReversed();
  }, [all, source, kind, text]);
  const rowAt = useCallback((index: number) => events[index], [events]);
  const last = live.at(-1);
  return (
    <Page
      title="Events"
      sentence={`The newest ${groupDigits(String(MAX_EVENTS))} events are kept here; the log has all of them.`}
      actions={
        <>
          <button
            type="button"
            aria-pressed={paused.value !== undefined}
            onClick={() => (paused.value = paused.value === undefined ? live : undefined)}
          >
            {paused.value === undefined ? "Pause" : "Resume"}
          </button>
          {last !== undefined && <CopyCursor cursor={last.cursor} text="Copy last cursor" />}
        </>
      }
    >
      <div class="filters">
        <SourceSelect />
        <Select
          label="Kind"
          value={kind ?? ""}
          options={[["", "All"], ...KINDS.map((name) => [name, label(kindOf({ __typename: name }))] as const)]}
          onChange={(value) => setParams({ kind: value })}
        />
        <TextField label="Contains" type="search" value={text} onChange={(value) => setParams({ text: value })} />
      </div>
      {session.missedAt.value !== undefined && (
        <p class="hint">
          Events before <Time at={session.missedAt.value} /> may be missing here: the service no longer keeps them.
        </p>
      )}
      <p class="hint" role="status">
        {events.length === all.length
          ? `${groupDigits(String(all.length))} events`
          : `${groupDigits(String(events.length))} of ${groupDigits(String(all.length))} events`}
        {paused.value !== undefined &&
          `, paused; ${live.at(-1) === paused.value.at(-1) ? "no newer ones" : "newer ones are waiting"}`}
      </p>
      {events.length === 0 ? (
        <Empty title={all.length === 0 ? "Waiting for the first event." : "No event matches the filter."}>
          {all.length === 0
            ? "Events appear as soon as they are committed. Start a run on the page of a source to see some."
            : "Remove a part of the filter."}
        </Empty>
      ) : (
        <VirtualTable
          label="Events, newest first"
          columns={COLUMNS}
          length={events.length}
          rowAt={rowAt}
          keyOf={({ cursor }) => cursor}
          onView={ignore}
        />
      )}
    </Page>
  );
}

const ignore = (): void => undefined;

/** Copies the position after an event, with which a subscription can continue. */
function CopyCursor({ cursor, text = "Copy" }: { readonly cursor: string; readonly text?: string }) {
  const { notify } = useApp();
  async function copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(cursor);
      notify("The cursor is copied. Pass it as `after` to continue behind this event.");
    } catch {
      notify(`The cursor could not be copied: ${cursor}`, true);
    }
  }
  return (
    <button
      type="button"
      class={text === "Copy" ? "small" : ""}
      data-focus="copy"
      data-cursor={cursor}
      onClick={() => void copy()}
      aria-label={text === "Copy" ? "Copy cursor" : undefined}
    >
      {text}
    </button>
  );
}
