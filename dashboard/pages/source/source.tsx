import type * as operations from "../../operations/__generated__/operations.ts";
import { formatDuration } from "../../format/time.ts";
import { sourceDocument } from "../../operations/source.ts";
import { useQuery } from "../../state/use-query.ts";
import { linkTo, route } from "../../state/route.ts";
import { Age, Empty, Facts, Loading, Page, Problem, Since, State, Time, words } from "../../ui/elements.tsx";
import { FindingList, worstFirst } from "../finding-list.tsx";
import { concernsRuns, RunCard } from "../runs.tsx";
import { stateOf } from "../source-state.ts";
import { Diagnoses } from "./diagnoses.tsx";
import { Budgets } from "./budgets.tsx";
import { SourceActions } from "./source-actions.tsx";
import { SourceMetrics } from "./source-metrics.tsx";
import { Streams } from "./streams.tsx";
import { Webhooks } from "./webhooks.tsx";

const CONCERNING = new Set([
  "SourceStatusChanged",
  "SourceHealthChanged",
  "FindingOpened",
  "FindingClosed",
  "BudgetClosed",
  "DeliveryParked",
]);

export function SourcePage() {
  const id = route.value.id ?? "";
  const { data, error, reload } = useQuery(
    sourceDocument,
    { id },
    {
      concerns: (event) => event.source?.id === id && (CONCERNING.has(event.__typename) || concernsRuns(event)),
      everyMs: 5_000,
    },
  );
  const source = data?.source;
  if (source === undefined)
    return <Page title={id}>{error === undefined ? <Loading /> : <Problem text={error} retry={reload} />}</Page>;
  if (source === null)
    return (
      <Page title={id}>
        <Empty title="There is no source with this name.">
          Choose one on the <a href={linkTo("overview")}>overview</a>.
        </Empty>
      </Page>
    );
  const state = stateOf(source);
  return (
    <Page
      title={source.id}
      sentence={
        <>
          <State tone={state.tone}>{state.label}</State>
          {state.since !== undefined && (
            <>
              {" "}
              for <Since at={state.since} />
            </>
          )}
        </>
      }
      actions={<SourceActions source={source} reload={reload} />}
    >
      {error !== undefined && <Problem text={error} retry={reload} />}
      <Facts
        facts={[
          ["Connector", source.connector],
          ["Platform", source.platform?.id],
          ["Status", source.status === null ? "not connected" : words(source.status)],
          ["In this status since", <Age at={source.statusSince} />],
          ["Schedule", source.scheduleSeconds === null ? "on demand" : `every ${source.scheduleSeconds} s`],
          ["Compared", comparedOf(source.reconcile)],
          ["Last complete sync", <Age at={source.lastSuccessAt} />],
          ["Set up by", source.origin === "CONNECTED" ? "the graph" : "the settings file"],
          ["Disconnected", source.disconnectedAt === null ? undefined : <Time at={source.disconnectedAt} />],
        ]}
      />
      {data !== undefined && data.findings.nodes.length > 0 && (
        <section aria-labelledby="findings">
          <h2 id="findings">Open findings</h2>
          <FindingList findings={worstFirst(data.findings.nodes)} />
        </section>
      )}
      {source.health !== null && <Diagnoses sourceId={source.id} diagnoses={source.health.diagnoses} onDone={reload} />}
      <Streams source={source} />
      <div class="columns">
        <Budgets budgets={source.budgets} />
        <Webhooks source={source} />
      </div>
      <SourceMetrics id={source.id} hasWebhooks={source.webhooks !== null} />
      <section aria-labelledby="runs">
        <h2 id="runs">Recent runs</h2>
        {data?.syncRuns.nodes.length === 0 && <Empty title="It was never read.">Start a run with Sync now.</Empty>}
        {data?.syncRuns.nodes.slice(0, 5).map((run) => (
          <RunCard key={run.id} run={run} />
        ))}
        <p>
          <a href={linkTo("runs", undefined, { source: source.id })}>All runs of this source</a>
        </p>
      </section>
    </Page>
  );
}

/** Undefined for a source that cannot be compared. */
function comparedOf(reconcile: NonNullable<operations.SourceQuery["source"]>["reconcile"]): string | undefined {
  if (reconcile === null) return undefined;
  const { everySeconds, days } = reconcile;
  const span = days === 1 ? "today" : `the last ${days} days`;
  return everySeconds === null ? "on request" : `every ${formatDuration(everySeconds * 1_000)}, ${span}`;
}
