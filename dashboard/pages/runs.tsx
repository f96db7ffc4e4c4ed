import { useCallback, useState } from "preact/hooks";
import { useApp } from "../state/app-context.ts";
import type { RunsQuery, SyncRunStatusInput } from "../operations/__generated__/operations.ts";
import { cancelSyncDocument, runsDocument } from "../operations/runs.ts";
import { groupDigits } from "../format/money.ts";
import { formatDuration } from "../format/time.ts";
import { useAction } from "../state/use-action.ts";
import { useQuery } from "../state/use-query.ts";
import { linkTo, route, setParams } from "../state/route.ts";
import {
  Age,
  Empty,
  label,
  Loading,
  Page,
  Problem,
  SourceLink,
  State,
  Time,
  type Tone,
  words,
} from "../ui/elements.tsx";
import { Select } from "../ui/form.tsx";
import { SourceSelect } from "../ui/source-select.tsx";
import { TableBox } from "../ui/table-box.tsx";

export type Run = Omit<RunsQuery["syncRuns"]["nodes"][number], "source">;

const STATUSES: readonly SyncRunStatusInput[] = ["QUEUED", "RUNNING", "SUCCEEDED", "FAILED", "CANCELED"];
const RUN_EVENTS = new Set(["RunStarted", "RunProgressed", "RunFinished"]);
export const concernsRuns = (event: { readonly __typename: string }): boolean => RUN_EVENTS.has(event.__typename);
const TONES: Readonly<Record<SyncRunStatusInput, Tone>> = {
  QUEUED: "idle",
  RUNNING: "busy",
  SUCCEEDED: "good",
  FAILED: "bad",
  CANCELED: "idle",
};
/** Most runs that are listed: older ones are in the graph. */
const LISTED = 50;

export function Runs() {
  const { source, status } = route.value.params;
  const filter = {
    ...(source !== undefined && { sourceIds: [source] }),
    ...(status !== undefined && { status: [status as SyncRunStatusInput] }),
  };
  const { data, error, reload } = useQuery(runsDocument, { first: LISTED, filter }, { concerns: concernsRuns });
  return (
    <Page title="Runs" sentence="Reads of the sources, newest first, as they happen.">
      <div class="filters">
        <SourceSelect />
        <Select
          label="Status"
          value={status ?? ""}
          options={[["", "All"], ...STATUSES.map((one) => [one, label(one)] as const)]}
          onChange={(value) => setParams({ status: value })}
        />
      </div>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data?.syncRuns.nodes.length === 0 && (
        <Empty title="No runs match.">Start one on the page of a source, or remove the filter.</Empty>
      )}
      {data?.syncRuns.nodes.map((run) => (
        <RunCard key={run.id} run={run} sourceId={run.source.id} />
      ))}
    </Page>
  );
}

/** Returns how long a run takes or took, in words: one of less than a second did not take none. */
export function tookText({ startedAt, finishedAt }: Run, nowMs: number): string | undefined {
  if (startedAt === null) return undefined;
  const ms = (finishedAt === null ? nowMs : Date.parse(finishedAt)) - Date.parse(startedAt);
  return ms < 1_000 ? "less than 1 s" : formatDuration(ms);
}

/** Records read, changed and quarantined by all streams of a run. */
export function totalsOf({ streams }: Run): readonly [read: string, changed: string, quarantined: string] {
  const sum = (pick: (stream: Run["streams"][number]) => string): string =>
    String(streams.reduce((total, stream) => total + BigInt(pick(stream)), 0n));
  return [sum(({ records }) => records), sum(({ changed }) => changed), sum(({ quarantined }) => quarantined)];
}

const isOpen = ({ status }: Run): boolean => status === "QUEUED" || status === "RUNNING";

export const RunStatus = ({ status }: Pick<Run, "status">) => <State tone={TONES[status]}>{label(status)}</State>;

/** Cancels a run that has not ended, for a caller who may. */
export function CancelRun({ run }: { readonly run: Run }) {
  const { session } = useApp();
  const cancel = useAction(
    useCallback(async () => {
      await session.run(cancelSyncDocument, { runId: run.id });
      return "The run is being canceled: it ends after the page that it is reading.";
    }, [run.id]),
  );
  if (!isOpen(run) || !session.caller.value.scopes.has("sync")) return null;
  return (
    <button type="button" disabled={cancel.isRunning || run.isCancelRequested} onClick={() => void cancel.start()}>
      {run.isCancelRequested ? "Canceling…" : "Cancel"}
    </button>
  );
}

/** One run in a line, which opens to its streams; those of one that runs or has failed are open. */
export function RunCard({ run, sourceId }: { readonly run: Run; readonly sourceId?: string }) {
  const { now } = useApp();
  const [chosen, setExpanded] = useState<boolean>();
  const isExpanded = chosen ?? (isOpen(run) || run.status === "FAILED");
  const [read, changed, quarantined] = totalsOf(run);
  const took = tookText(run, now.value);
  return (
    <article class="run">
      <header>
        <button
          type="button"
          class="toggle"
          aria-expanded={isExpanded}
          aria-label={`${label(run.status)}: streams of the run`}
          onClick={() => setExpanded(!isExpanded)}
        >
          <span aria-hidden="true">{isExpanded ? "▾" : "▸"}</span>
          <RunStatus status={run.status} />
        </button>
        {sourceId !== undefined && <SourceLink id={sourceId} />}
        <a class="trigger" href={linkTo("runs", run.id)}>
          {words(run.mode)} · {words(run.trigger)}
        </a>
        {run.range !== null && (
          <span>
            <Time at={run.range.from} /> to <Time at={run.range.to} />
          </span>
        )}
        <span class="quiet">
          <Age at={run.createdAt} />
          {took !== undefined && ` · ${run.finishedAt === null ? "runs for" : "took"} ${took}`}
        </span>
        <span class="quiet totals">
          {groupDigits(read)} read, {groupDigits(changed)} changed
          {quarantined !== "0" && <strong class="alarm">, {groupDigits(quarantined)} quarantined</strong>}
        </span>
        <CancelRun run={run} />
      </header>
      {isExpanded && <RunStreams run={run} />}
    </article>
  );
}

export function RunStreams({ run }: { readonly run: Run }) {
  return (
    <TableBox label={`Streams of the run ${run.id}`}>
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Stream</th>
            <th scope="col">Progress</th>
            <th scope="col" class="number">
              Read
            </th>
            <th scope="col" class="number">
              Changed
            </th>
            <th scope="col" class="number">
              Quarantined
            </th>
            <th scope="col" class="number">
              Retries
            </th>
            <th scope="col">Error</th>
          </tr>
        </thead>
        <tbody>
          {run.streams.map((stream) => (
            <tr key={stream.stream}>
              <th scope="row">{stream.stream}</th>
              <td>
                <Progress status={stream.status} progress={stream.progress} name={stream.stream} />
              </td>
              <td class="number">{groupDigits(stream.records)}</td>
              <td class="number">{groupDigits(stream.changed)}</td>
              <td class={`number ${stream.quarantined === "0" ? "" : "alarm"}`}>{groupDigits(stream.quarantined)}</td>
              <td class="number">{stream.attempts}</td>
              <td class="cause">{stream.errorCode !== null && `${stream.errorCode}: ${stream.errorMessage ?? ""}`}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

interface ProgressProps {
  readonly status: SyncRunStatusInput;
  readonly progress: number | null;
  readonly name: string;
}

function Progress({ status, progress, name }: ProgressProps) {
  if (status !== "RUNNING") return <RunStatus status={status} />;
  if (progress === null) return <State tone="busy">Running</State>;
  return (
    <span class="progress">
      <progress max={1} value={progress} aria-label={`Progress of ${name}`} /> {Math.floor(progress * 100)} %
    </span>
  );
}
