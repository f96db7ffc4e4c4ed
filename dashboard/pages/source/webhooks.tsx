import { useApp } from "../../state/app-context.ts";
import { formatAge } from "../../format/time.ts";
import { linkTo } from "../../state/route.ts";
import { Age, Empty, Facts, State } from "../../ui/elements.tsx";
import type { SourceDetails } from "./streams.tsx";

/** Health of a source's webhooks. */
export function Webhooks({ source }: { readonly source: SourceDetails }) {
  const { now } = useApp();
  const { webhooks } = source;
  return (
    <section aria-labelledby="webhooks">
      <h2 id="webhooks">Webhooks</h2>
      {webhooks === null ? (
        <Empty title="This source sends no webhooks.">It is read by its schedule alone.</Empty>
      ) : (
        <>
          <p>
            {webhooks.silentSince !== null ? (
              <State tone="warn">silent since {formatAge(webhooks.silentSince, now.value)}</State>
            ) : webhooks.lastReceivedAt === null ? (
              <State tone="idle">none received yet</State>
            ) : (
              <State tone="good">arriving</State>
            )}
          </p>
          <Facts
            facts={[
              ["Address", <code class="wrap">{webhooks.url}</code>],
              ["Signature", webhooks.isVerified ? "verified" : "not verified"],
              ["Last accepted", <Age at={webhooks.lastReceivedAt} />],
              ["Last refused", <Age at={webhooks.lastRefusedAt} />],
              ["Last hour", `${webhooks.receivedLastHour} received${expected(webhooks.expectedPerHour)}`],
              ["Last day", `${webhooks.duplicatesLastDay} duplicates, ${webhooks.missedLastDay} missed`],
              [
                "Failed in the last day",
                webhooks.failureRate === null ? undefined : `${Math.round(webhooks.failureRate * 1_000) / 10} %`,
              ],
              ["Waiting", String(webhooks.pending)],
              [
                "Parked",
                webhooks.parked === 0 ? (
                  "0"
                ) : (
                  <a href={linkTo("deliveries", undefined, { source: source.id, status: "PARKED" })}>
                    {webhooks.parked}
                  </a>
                ),
              ],
            ]}
          />
        </>
      )}
    </section>
  );
}

const expected = (perHour: number | null): string =>
  perHour === null ? "" : `, about ${Math.round(perHour)} expected`;
