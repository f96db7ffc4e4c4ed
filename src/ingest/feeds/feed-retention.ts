import type { FeedRetention } from "../../connector-api/change-feed.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Source } from "../../sources/source.ts";
import type { Transaction } from "../../store/database.ts";
import { updateFindings } from "../apply/update-findings.ts";

const KIND = "FEED_RETENTION";
/** Used part of the limit, in percent, at which the finding opens, and below which it closes. */
const OPENS_AT = 50n;
const CLOSES_BELOW = 40n;
/** The same for bytes where the upstream has no limit: its disk is the limit, whose size is not known. */
const UNLIMITED_OPENS_AT = 10n * 2n ** 30n;
const UNLIMITED_CLOSES_BELOW = 8n * 2n ** 30n;

const REMEDY =
  "Look at the lag of the feed and at what it waits for. If the upstream writes more than is stored here, give this service more capacity or raise the upstream's limit; if the source is no longer needed, disconnect it and drop its replication slot.";

/** Decides from one report to the next whether an upstream keeps too much for us. */
export interface RetentionAlarm {
  /** Returns a sentence while it does, which changes with the percentage or the hour; undefined: it does not. */
  check(retention: FeedRetention | undefined): string | undefined;
}

export function createRetentionAlarm(): RetentionAlarm {
  let isOn = false;
  return {
    check(retention) {
      if (retention === undefined) {
        isOn = false;
        return undefined;
      }
      isOn = isTooMuch(retention, isOn);
      return isOn ? sentenceOf(retention) : undefined;
    },
  };
}

function isTooMuch({ retainedBytes, safeBytes }: FeedRetention, isOn: boolean): boolean {
  if (safeBytes === undefined) return retainedBytes >= (isOn ? UNLIMITED_CLOSES_BELOW : UNLIMITED_OPENS_AT);
  return usedPercent(retainedBytes, safeBytes) >= (isOn ? CLOSES_BELOW : OPENS_AT);
}

/** A limit of nothing that is used by nothing counts as used. */
function usedPercent(retainedBytes: bigint, safeBytes: bigint): bigint {
  const left = safeBytes > 0n ? safeBytes : 0n;
  return left === 0n ? 100n : (100n * retainedBytes) / (retainedBytes + left);
}

function sentenceOf({ retainedBytes, safeBytes, timeLeftMs }: FeedRetention): string {
  if (safeBytes === undefined)
    return `the upstream keeps ${gigabytes(retainedBytes)} of its log for this source, without a limit: its disk may fill`;
  const used = `the upstream keeps its log for this source, and ${usedPercent(retainedBytes, safeBytes)} % of the limit is used`;
  if (safeBytes <= 0n) return `${used}: the upstream may forget changes at any moment`;
  if (timeLeftMs === undefined) return used;
  return `${used}: at the present rate the upstream forgets changes in ${duration(timeLeftMs)}`;
}

const gigabytes = (bytes: bigint): string => `${bytes / 2n ** 30n} GB`;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** Coarse, so that the sentence does not change with each report. */
function duration(ms: number): string {
  if (ms < 2 * MINUTE_MS) return "less than two minutes";
  return ms < 2 * HOUR_MS ? `about ${Math.round(ms / MINUTE_MS)} minutes` : `about ${Math.round(ms / HOUR_MS)} hours`;
}

/** Opens, renews or closes the finding about what the upstream of a source keeps. */
export function updateRetentionFinding(
  tx: Transaction,
  { id, connector }: Source,
  sentence: string | undefined,
): Promise<NewEvent[]> {
  const finding = sentence && {
    cause: connector.feed?.via === "STREAM" ? ("WEBHOOK" as const) : ("DATABASE" as const),
    summary: `${id}: ${sentence}`,
    evidence: {},
    remedy: REMEDY,
  };
  return updateFindings(tx, id, [{ kind: KIND, subject: "log", finding: finding || undefined }]);
}
