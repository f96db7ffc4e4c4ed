import { FEED, type FeedSignal } from "../../domain/lifecycles.ts";
import { after, allows } from "../../store/status-sql.ts";

/**
 * Returns the SQL assignments by which a feed's state follows a signal. `status_since` is kept when the state does not
 * change, and an error when the feed has still failed.
 */
export function becomes(signal: FeedSignal): string {
  const isChange = `${allows("status", FEED, signal)} and status <> ${after(FEED, signal)}`;
  return `status = case when ${isChange} then ${after(FEED, signal)} else status end,
    status_since = case when ${isChange} then now() else status_since end`;
}

/** Assignments of a feed whose connection works: an earlier failure is over. */
export const RECEIVES = {
  receive: `${becomes("receive")}, error_code = null, error_message = null`,
  wait: `${becomes("wait")}, error_code = null, error_message = null`,
} as const;
