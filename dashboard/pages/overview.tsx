import { useEffect, useMemo, useRef } from "preact/hooks";
import { useApp } from "../state/app-context.ts";
import type { OverviewQuery } from "../operations/__generated__/operations.ts";
import { overviewDocument } from "../operations/overview.ts";
import { formatCount, groupDigits } from "../format/money.ts";
import { formatDuration } from "../format/time.ts";
import { useQuery } from "../state/use-query.ts";
import { linkTo } from "../state/route.ts";
import { Chart } from "../ui/chart.tsx";
import { Empty, Loading, Page, Problem, Sentence, Since, SourceLink, State, Time, words } from "../ui/elements.tsx";
import { Sparkline } from "../ui/sparkline.tsx";
import { FindingList, worstFirst } from "./finding-list.tsx";
import {
  lagOf,
  type OverviewSource,
  overviewSentence,
  stateOf,
  worstFirst as worstSourcesFirst,
} from "./source-state.ts";
import { TableBox } from "../ui/table-box.tsx";

const CONCERNING = new Set([
  "SourceStatusChanged",
  "SourceHealthChanged",
  "RunStarted",
  "RunFinished",
  "FindingOpened",
  "FindingClosed",
  "BudgetClosed",
  "DeliveryParked",
  "RecordQuarantined",
]);
const THROUGHPUT = [
  { label: "changed objects", color: "--accent" },
  { label: "other events", color: "--muted" },
];

export function Overview() {
  const { now, session } = useApp();
  const { data, error, reload } = useQuery(
    overviewDocument,
    {},
    { concerns: (event) => CONCERNING.has(event.__typename), everyMs: 10_000 },
  );
  const sources = useMemo(() => sourcesIn(data), [data]);
  const lags = useLagHistory(sources, now.value);
  if (data === undefined)
    return <Page title="Overview">{error === undefined ? <Loading /> : <Problem text={error} retry={reload} />}</Page>;
  const { sources: counts, throughput } = data.overview;
  const isAlarming = counts.some(({ state, count }) => state === "OUT_OF_STEP" && count > 0);
  return (
    <Page title="Overview" sentence={<strong class={isAlarming ? "alarm" : ""}>{overviewSentence(counts)}</strong>}>
      {error !== undefined && <Problem text={error} retry={reload} />}
      <ul class="counts" aria-label="Open work">
        <Count href={linkTo("findings")} names={["open finding", "open findings"]} count={data.findings.totalCount} />
        <Count
          href={linkTo("deliveries", undefined, { status: "PARKED" })}
          names={["parked delivery", "parked deliveries"]}
          count={data.parked.totalCount}
        />
        <Count
          href={linkTo("quarantine", undefined, { status: "OPEN" })}
          names={["quarantined record", "quarantined records"]}
          count={data.quarantined.totalCount}
        />
      </ul>
      <section aria-labelledby="sources">
        <h2 id="sources">Sources</h2>
        {sources.length === 0 ? (
          <Empty title="No source is connected yet.">
            Name one in the settings file, or connect one with the mutation <code>connectSource</code> in{" "}
            <a href="/graphql">Explore</a>.
          </Empty>
        ) : (
          <TableBox label="Table of sources">
            <table>
              <thead>
                <tr>
                  <th scope="col">Source</th>
                  <th scope="col">State</th>
                  <th scope="col">For</th>
                  <th scope="col">Cause</th>
                  <th scope="col">Recovers</th>
                  <th scope="col" class="number">
                    Data age
                  </th>
                  <th scope="col">Age, last 5 min</th>
                </tr>
              </thead>
              <tbody>
                {sources.map((source) => (
                  <SourceRow key={source.id} source={source} lags={lags.get(source.id) ?? []} />
                ))}
              </tbody>
            </table>
          </TableBox>
        )}
      </section>
      <section aria-labelledby="findings">
        <h2 id="findings">Open findings</h2>
        {data.findings.nodes.length === 0 ? (
          <Empty title="No open findings.">
            Sluice checks balances, statements, webhooks and totals as data arrives.
          </Empty>
        ) : (
          <FindingList findings={worstFirst(data.findings.nodes).slice(0, 10)} />
        )}
      </section>
      <section aria-label="Throughput">
        <Chart
          label="Events per second, last two minutes"
          lines={THROUGHPUT}
          seconds={120}
          data={session.throughput.seconds.value}
        />
        <p class="hint">
          Last hour: {groupDigits(throughput.events)} events, {groupDigits(throughput.deliveries)} webhooks
          {throughput.refused !== "0" && ` and ${groupDigits(throughput.refused)} refused`},{" "}
          {groupDigits(throughput.runs)} runs.
        </p>
      </section>
    </Page>
  );
}

/** The sources that the table has: all of them, or of many the worst ones and the first by name. */
function sourcesIn(data: OverviewQuery | undefined): readonly OverviewSource[] {
  const all = [...(data?.overview.worst ?? []), ...(data?.sources.nodes ?? [])];
  return worstSourcesFirst([...new Map(all.map((source) => [source.id, source])).values()]);
}

function SourceRow({ source, lags }: { readonly source: OverviewSource; readonly lags: readonly number[] }) {
  const { now } = useApp();
  const state = stateOf(source);
  const lagMs = lagOf(source, now.value);
  return (
    <tr>
      <th scope="row">
        <SourceLink id={source.id} />
        <span class="under">{source.connector}</span>
      </th>
      <td>
        <State tone={state.tone}>{state.label}</State>
      </td>
      <td>{state.since === undefined ? "—" : <Since at={state.since} />}</td>
      <td class="cause">
        {state.cause === undefined ? <span class="none">—</span> : <Sentence text={state.cause} />}
        {source.health?.cause !== null && source.health !== null && (
          <span class="under block">{words(source.health.cause)}</span>
        )}
      </td>
      <td>
        <Time at={state.recoversAt} />
      </td>
      <td class="number">{lagMs === undefined ? "—" : formatDuration(lagMs)}</td>
      <td>
        <Sparkline label={`Data age of ${source.id} over the last minutes`} values={lags} />
      </td>
    </tr>
  );
}

interface CountProps {
  readonly href: string;
  /** What is counted: of one, and of another number. */
  readonly names: readonly [one: string, many: string];
  readonly count: { readonly count: number; readonly isEstimate: boolean } | null;
}

const Count = ({ href, names: [one, many], count }: CountProps) => (
  <li>
    <a href={href}>
      <span class={`figure ${count !== null && count.count > 0 ? "some" : ""}`}>
        {count === null ? "?" : formatCount(count)}
      </span>{" "}
      {count?.count === 1 ? one : many}
    </a>
  </li>
);

/** Seconds between two samples of the lag, and how many are kept. */
const SAMPLE_SECONDS = 5;
const SAMPLES = 60;

/** Data age of each source while the page was open. */
function useLagHistory(
  sources: readonly OverviewSource[] | undefined,
  now: number,
): ReadonlyMap<string, readonly number[]> {
  const history = useRef(new Map<string, readonly number[]>());
  const sample = Math.floor(now / (SAMPLE_SECONDS * 1_000));
  useEffect(() => {
    const present = (sources ?? []).flatMap((source) => {
      const lagMs = lagOf(source, now);
      const earlier = history.current.get(source.id) ?? [];
      return lagMs === undefined ? [] : [[source.id, [...earlier, lagMs].slice(-SAMPLES)] as const];
    });
    history.current = new Map(present);
  }, [sample, sources === undefined]);
  return history.current;
}
