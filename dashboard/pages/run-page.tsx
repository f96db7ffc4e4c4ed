import { groupDigits } from "../format/money.ts";
import { runDocument } from "../operations/runs.ts";
import { linkTo, route } from "../state/route.ts";
import { useQuery } from "../state/use-query.ts";
import { Empty, Facts, label, Loading, Page, Problem, SourceLink, Time, words } from "../ui/elements.tsx";
import { CancelRun, concernsRuns, type Run, RunStatus, RunStreams, tookText, totalsOf } from "./runs.tsx";
import { useApp } from "../state/app-context.ts";

/** One run: what it is about, what it has read, and its streams with their errors. */
export function RunPage() {
  const { id = "" } = route.value;
  const { data, error, reload } = useQuery(runDocument, { id }, { concerns: concernsRuns });
  const run = data?.syncRun ?? undefined;
  return (
    <Page
      title={run === undefined ? "Run" : `${label(run.mode)} run of ${run.source.id}`}
      actions={run !== undefined && <CancelRun run={run} />}
    >
      <p>
        <a href={linkTo("runs", undefined, { source: run?.source.id })}>
          {run === undefined ? "All runs" : `All runs of ${run.source.id}`}
        </a>
      </p>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data?.syncRun === null && (
        <Empty title="This run no longer exists.">A run that has ended is deleted after some time.</Empty>
      )}
      {run !== undefined && (
        <>
          <RunFacts run={run} sourceId={run.source.id} />
          <h2>Streams</h2>
          <div class="run">
            <RunStreams run={run} />
          </div>
        </>
      )}
    </Page>
  );
}

function RunFacts({ run, sourceId }: { readonly run: Run; readonly sourceId: string }) {
  const { now } = useApp();
  const [read, changed, quarantined] = totalsOf(run);
  const retries = run.streams.reduce((sum, { attempts }) => sum + attempts, 0);
  return (
    <Facts
      facts={[
        ["Status", <RunStatus status={run.status} />],
        ["Source", <SourceLink id={sourceId} />],
        ["Trigger", words(run.trigger)],
        [
          "Range",
          run.range === null ? undefined : (
            <>
              <Time at={run.range.from} /> to <Time at={run.range.to} />
            </>
          ),
        ],
        ["Requested", <Time at={run.createdAt} />],
        ["Started", <Time at={run.startedAt} none="not yet" />],
        ["Ended", <Time at={run.finishedAt} none="not yet" />],
        ["Duration", tookText(run, now.value)],
        ["Records read", groupDigits(read)],
        ["Changed", groupDigits(changed)],
        [
          "Quarantined",
          quarantined === "0" ? (
            "0"
          ) : (
            <a href={linkTo("quarantine", undefined, { source: sourceId })}>{groupDigits(quarantined)}</a>
          ),
        ],
        ["Retries", retries === 0 ? "0" : `${groupDigits(String(retries))} since the last progress`],
        ["Id", <code class="wrap">{run.id}</code>],
      ]}
    />
  );
}
