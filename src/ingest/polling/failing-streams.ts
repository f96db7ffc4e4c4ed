import { ERROR_CODES, type ErrorCode, type ServiceError } from "../../domain/error.ts";
import type { NewEvent } from "../../events/event.ts";
import type { SourceStatus } from "../../domain/lifecycles.ts";
import { type FailingStream, recordFailingStreams } from "../../sources/source-status.ts";
import type { Transaction } from "../../store/database.ts";
import { type FindingCheck, updateFindings } from "../apply/update-findings.ts";
import type { ClaimedStream } from "../runs/run.ts";

/**
 * Number of runs in a row that must fail because of a stream before the source is reported, if the failure may pass by
 * itself, or may be over when new credentials are set. Any other failure is reported at once.
 */
const FAILED_RUNS = 3;
const KIND = "SOURCE_FAILING";

interface Failure extends FailingStream {
  readonly failedRuns: number;
  readonly since: string;
}

/** A stream's source at the end of the stream. */
export interface EndedAt {
  /** Status of the source, which is locked; undefined if there is no such source. */
  readonly status: SourceStatus | undefined;
  /** True if the stream's part of the last run failed. */
  readonly hasFailed: boolean;
  /** The connector's streams; a failure of a stream that no longer exists does not count. Undefined: all. */
  readonly streams: readonly string[] | undefined;
}

/**
 * Records how a stream's part of a run ended. The source's status and its finding follow from the streams that keep
 * failing: they change when a stream begins to fail for good, and by themselves when every stream can be read again.
 * @param error undefined: the stream was read to its end
 */
export async function recordStreamEnd(
  tx: Transaction,
  { sourceId, stream }: Pick<ClaimedStream, "sourceId" | "stream">,
  error: ServiceError | undefined,
  { status, streams, hasFailed }: EndedAt,
): Promise<NewEvent[]> {
  const isChange = hasFailed || error !== undefined;
  if (isChange)
    await tx.query(
      `update stream_states set failed_runs = case when $3::text is null then 0 else failed_runs + 1 end,
         failing_since = case when $3::text is null then null else coalesce(failing_since, now()) end,
         failure_code = $3::text, failure_reason = $4::text
       where source_id = $1 and stream = $2`,
      [sourceId, stream, error?.code ?? null, error?.publicMessage ?? null],
    );
  if (status === undefined || (!isChange && status !== "FAILING")) return [];
  const failing = (await findFailures(tx, sourceId, streams)).filter(isLasting);
  const found = await updateFindings(tx, sourceId, [checkOf(sourceId, failing)]);
  return [...(await recordFailingStreams(tx, sourceId, status, failing)), ...found];
}

function findFailures(
  tx: Transaction,
  sourceId: string,
  streams: readonly string[] | undefined,
): Promise<(Failure & Record<string, unknown>)[]> {
  return tx.query<Failure & Record<string, unknown>>(
    `select stream, failure_code as code, failure_reason as reason, failed_runs as "failedRuns", failing_since as since
     from stream_states where source_id = $1 and failed_runs > 0 and ($2::text[] is null or stream = any($2))
     order by failing_since, stream`,
    [sourceId, streams ?? null],
  );
}

function isLasting({ code, failedRuns }: Failure): boolean {
  const mayPass = ERROR_CODES[code].retry === "backoff" || code === "UPSTREAM_UNAUTHORIZED";
  return !mayPass || failedRuns >= FAILED_RUNS;
}

function checkOf(sourceId: string, failing: readonly Failure[]): FindingCheck {
  const [first] = failing;
  if (first === undefined) return { kind: KIND, subject: sourceId, finding: undefined };
  const { code, reason, since, failedRuns } = first;
  const names = failing.map(({ stream }) => stream);
  return {
    kind: KIND,
    subject: sourceId,
    finding: {
      cause: ERROR_CODES[code].cause ?? "ASYNC_BOTTLENECK",
      summary: `${sourceId} cannot be read (${names.join(", ")}): ${reason}`,
      evidence: { streams: names, code, reason, since, failedRuns },
      remedy: remedyOf(code),
    },
  };
}

function remedyOf(code: ErrorCode): string {
  return `${REMEDIES[code] ?? "Look at the log for the failure, by the code and the source."} The finding closes by itself as soon as a run reads every stream.`;
}

const REMEDIES: Readonly<Partial<Record<ErrorCode, string>>> = {
  UPSTREAM_REJECTED:
    "Check the address in the settings of the source: it must be the upstream's own, without a redirect, and public, or in a network that the setting `networks` names. If the address is right, check what the credentials allow.",
  UPSTREAM_UNAUTHORIZED: "Check whether the credentials in the settings of the source may read every stream.",
  UPSTREAM_MALFORMED:
    "Compare the response with the upstream's documentation: its format may have changed, or the address is another system's.",
  UPSTREAM_GARBLED:
    "Compare the response with the upstream's documentation: its format may have changed, or the address is another system's.",
  UPSTREAM_UNAVAILABLE:
    "Check at the upstream whether it has an outage, and whether its address can be reached from here.",
  UPSTREAM_RATE_LIMITED: "Lower the rates in the budget of the source, or find out who else uses its credentials.",
};
