import type { SourceQuery } from "../../operations/__generated__/operations.ts";
import { HEALTH } from "../source-state.ts";
import { useApp } from "../../state/app-context.ts";
import { formatDuration } from "../../format/time.ts";
import { Age, Empty, Facts, State, words } from "../../ui/elements.tsx";
import { TableBox } from "../../ui/table-box.tsx";

export type SourceDetails = NonNullable<SourceQuery["source"]>;

/** Streams with how far each is read. The bars share one axis, which ends at the present. */
export function Streams({ source }: { readonly source: SourceDetails }) {
  const { now } = useApp();
  const { streams, feed, scheduleSeconds } = source;
  const ages = streams.map(({ checkpointAt }) =>
    checkpointAt === null ? undefined : now.value - Date.parse(checkpointAt),
  );
  const span = Math.max(60_000, (scheduleSeconds ?? 0) * 3_000, ...ages.map((age) => (age ?? 0) * 1.25));
  return (
    <section aria-labelledby="streams">
      <h2 id="streams">Streams</h2>
      {feed !== null && (
        <Facts
          facts={[
            ["Change feed", <State tone={FEED_TONES[feed.state]}>{words(feed.state)}</State>],
            ["Since", <Age at={feed.since} />],
            ["Lag", feed.lagMs === null ? undefined : formatDuration(Number(feed.lagMs))],
            ["Waits for", feed.waitsFor],
            ["Error", feed.error === null ? undefined : `${feed.error.code}: ${feed.error.message}`],
          ]}
        />
      )}
      {streams.length === 0 ? (
        <Empty title="No stream was read yet.">Sync now reads them all.</Empty>
      ) : (
        <TableBox label="Table of streams">
          <table class="dense">
            <thead>
              <tr>
                <th scope="col">Stream</th>
                <th scope="col">Read up to now</th>
                <th scope="col">Cursor age</th>
                <th scope="col">Last complete read</th>
                <th scope="col">State</th>
              </tr>
            </thead>
            <tbody>
              {streams.map((stream, index) => (
                <tr key={stream.stream}>
                  <th scope="row">{stream.stream}</th>
                  <td class="bar-cell">
                    <RangeBar age={ages[index]} span={span} />
                  </td>
                  <td>
                    <Age at={stream.checkpointAt} />
                  </td>
                  <td>
                    <Age at={stream.lastSuccessAt} />
                  </td>
                  <td>
                    <StreamState stream={stream} />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </section>
  );
}

function StreamState({ stream }: { readonly stream: SourceDetails["streams"][number] }) {
  const { health, isRunning } = stream;
  const { tone, label } = health === null ? { tone: "idle" as const, label: "Waiting" } : HEALTH[health.state];
  return (
    <State tone={tone}>
      {label}
      {isRunning && ", reading"}
    </State>
  );
}

const FEED_TONES = { CONNECTING: "busy", FOLLOWING: "good", WAITING: "idle", FAILED: "bad", PAUSED: "idle" } as const;

/** What is read of the last `span` milliseconds, and what is missing up to the present. */
function RangeBar({ age, span }: { readonly age: number | undefined; readonly span: number }) {
  const read = age === undefined ? 0 : Math.max(0, 1 - age / span) * 100;
  const text = age === undefined ? "nothing is read" : `everything but the last ${formatDuration(age)} is read`;
  return (
    <span class="range-bar" role="img" aria-label={text}>
      <span class="read" style={{ width: `${read.toFixed(1)}%` }} />
    </span>
  );
}
