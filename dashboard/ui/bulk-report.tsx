import { groupDigits } from "../format/money.ts";
import type { BulkOperation } from "../state/use-bulk-operation.ts";

/** How far a bulk operation is, with a button that stops or continues it. */
export function BulkReport({ bulk }: { readonly bulk: BulkOperation }) {
  const { progress, task } = bulk;
  if (progress === undefined || task === undefined) return null;
  const { count, skipped, state, reason } = progress;
  const of = task.total === undefined ? "" : ` of ${groupDigits(String(Math.max(task.total, count + skipped)))}`;
  const rest = skipped === 0 ? "" : `, ${groupDigits(String(skipped))} can be read again by a full sync alone`;
  return (
    <div class="selection" role="group" aria-label="Progress">
      {state === "running" && (
        <progress
          aria-label={`Items ${task.done}`}
          {...(task.total !== undefined && { max: Math.max(task.total, count + skipped, 1), value: count + skipped })}
        />
      )}
      <span role="status">
        {`${groupDigits(String(count))}${state === "done" ? "" : of} ${task.done}${rest}`}
        {state === "stopped" && ". Stopped."}
        {state === "failed" && `. It ended: ${reason instanceof Error ? reason.message : String(reason)}`}
        {state === "done" && "."}
      </span>
      {state === "running" && (
        <button type="button" class="small" onClick={bulk.stop}>
          Stop
        </button>
      )}
      {(state === "stopped" || state === "failed") && (
        <button type="button" class="small" onClick={bulk.resume}>
          Continue
        </button>
      )}
      {state !== "running" && (
        <button type="button" class="small" onClick={bulk.dismiss}>
          Dismiss
        </button>
      )}
    </div>
  );
}
