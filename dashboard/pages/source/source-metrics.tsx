import { useMemo } from "preact/hooks";
import { sourceMetricsDocument } from "../../operations/source.ts";
import { useApp } from "../../state/app-context.ts";
import { useQuery } from "../../state/use-query.ts";
import { Chart } from "../../ui/chart.tsx";
import { Problem } from "../../ui/elements.tsx";
import { CHART_MINUTES, minuteLines } from "./call-chart.ts";
import { WeekHeatMap } from "./week-heat-map.tsx";
import { expectedWeek, firstDay, receivedWeek } from "./week-hours.ts";

const MINUTE_MS = 60_000;
const CALL_LINES = [
  { label: "calls", color: "--accent" },
  { label: "failed", color: "--bad" },
];

export interface SourceMetricsProps {
  readonly id: string;
  readonly hasWebhooks: boolean;
}

/** Calls of the last hours, and the webhooks of a week beside the hours that were learned. */
export function SourceMetrics({ id, hasWebhooks }: SourceMetricsProps) {
  const { now } = useApp();
  const minute = Math.floor(now.value / MINUTE_MS) * MINUTE_MS;
  const variables = useMemo(
    () => ({
      id,
      week: new Date(firstDay(minute)).toISOString(),
      recent: new Date(minute - (CHART_MINUTES + 1) * MINUTE_MS).toISOString(),
    }),
    [id],
  );
  const { data, error, reload } = useQuery(sourceMetricsDocument, variables, { everyMs: MINUTE_MS });
  const received = useMemo(() => receivedWeek(data?.deliveries[0]?.points ?? [], minute), [data, minute]);
  const hours = data?.source?.webhooks?.learnedHours;
  const learned = useMemo(() => hours && expectedWeek(hours, minute), [hours, minute]);
  const lines = useMemo(() => {
    const pointsOf = (name: string) => data?.calls.find((series) => series.name === name)?.points ?? [];
    return minuteLines([pointsOf("CALLS"), pointsOf("CALL_FAILURES")], minute);
  }, [data, minute]);
  if (error !== undefined) return <Problem text={error} retry={reload} />;
  if (data === undefined) return null;
  return (
    <section aria-label="Over time">
      <Chart
        label="Calls to the upstream per minute, last two hours"
        lines={CALL_LINES}
        data={lines}
        seconds={CHART_MINUTES * 60}
      />
      {hasWebhooks && (
        <div class="columns">
          <WeekHeatMap title="Webhooks of the last week" days={received} none="not yet" />
          {learned === null || learned === undefined ? (
            <p class="hint">
              No hours are learned yet: that takes an hour with twenty minutes in which webhooks arrived. Until then a
              silence is not detected.
            </p>
          ) : (
            <WeekHeatMap title="Learned hours: expected arrivals" days={learned} none="unknown" />
          )}
        </div>
      )}
    </section>
  );
}
