import { useApp } from "../../state/app-context.ts";
import { formatDuration } from "../../format/time.ts";
import { Age, Empty, State, words } from "../../ui/elements.tsx";
import type { SourceDetails } from "./streams.tsx";
import { TableBox } from "../../ui/table-box.tsx";

/** Rate limits of the upstream, and how long a closed one stays closed. */
export function Budgets({ budgets }: { readonly budgets: SourceDetails["budgets"] }) {
  const { now } = useApp();
  return (
    <section aria-labelledby="budget">
      <h2 id="budget">Budget</h2>
      {budgets.length === 0 ? (
        <Empty title="No call was made yet.">Limits appear with the first call.</Empty>
      ) : (
        <TableBox label="Table of limits">
          <table class="dense">
            <thead>
              <tr>
                <th scope="col">Limit</th>
                <th scope="col">Now</th>
                <th scope="col">State</th>
                <th scope="col">Refused</th>
              </tr>
            </thead>
            <tbody>
              {budgets.map((budget) => {
                const isCalls = budget.bucket !== "concurrency";
                const used = isCalls ? budget.current : budget.inUse;
                const unit = isCalls ? "calls/s allowed" : "calls in use";
                const leftMs = budget.closedUntil === null ? 0 : Date.parse(budget.closedUntil) - now.value;
                return (
                  <tr key={budget.bucket}>
                    <th scope="row">{budget.bucket}</th>
                    <td class="budget-use">
                      {budget.limit !== null && used !== null && (
                        <meter
                          min={0}
                          max={budget.limit}
                          value={used}
                          aria-label={`${budget.bucket}: use of the limit`}
                        />
                      )}{" "}
                      {budget.limit === null
                        ? `${rounded(used)} ${unit}, no limit known`
                        : `${rounded(used)} of ${rounded(budget.limit)} ${unit}`}
                    </td>
                    <td>
                      {leftMs > 0 ? (
                        <State tone="warn">
                          closed for {formatDuration(leftMs + 999)}
                          {budget.closedReason !== null && ` (${words(budget.closedReason)})`}
                        </State>
                      ) : (
                        <State tone="good">open</State>
                      )}
                    </td>
                    <td>
                      <Age at={budget.lastRefusedAt} />
                    </td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </TableBox>
      )}
    </section>
  );
}

const rounded = (value: number | null): string => (value === null ? "none" : String(Math.round(value * 100) / 100));
