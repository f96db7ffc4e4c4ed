import type { FindingFact, SourceFacts } from "../facts/facts.ts";
import { type Conclusion, countText, durationText, type Rule, timeText } from "./rule.ts";

const FILE_AGE_MS = 5 * 60_000;
/** Findings of these kinds are warnings: no data is missing. */
const HARMLESS: readonly string[] = [
  "WEBHOOKS_MISSED",
  "UNKNOWN_FIELD",
  "UNKNOWN_VALUE",
  "MISSING_FIELD",
  "CHANGED_FIELD",
  "CHANGED_VERSION",
  "DRIFT_LIMIT_REACHED",
];

/**
 * Rules about the content that was read.
 * @param explained kinds of findings that other rules read
 */
export function contentRules(explained: readonly string[]): readonly Rule[] {
  return [
    {
      id: "RECORDS_QUARANTINED",
      cause: "FORMAT_MISMATCH",
      state: "OUT_OF_STEP",
      reads: ["quarantine"],
      concludes: "Records could not be applied, because they are not as documented.",
      conclude: concludeQuarantine,
    },
    {
      id: "FILES_WAITING",
      cause: "ASYNC_BOTTLENECK",
      state: "CATCHING_UP",
      reads: ["files"],
      concludes: "Files have waited for more than five minutes to be applied.",
      conclude: concludeFiles,
    },
    {
      id: "FINDING_OPEN",
      cause: null,
      state: null,
      reads: ["findings"],
      concludes:
        "A finding is open that no other rule explains: the cause and the remedy are those of the finding. One of a missed webhook, or of a change of the upstream's contract by which no record is lost, is a warning.",
      conclude: ({ source, findings }) =>
        findings
          .filter(({ kind }) => !explained.includes(kind))
          .map((finding) => concludeFinding(source.sourceId, finding)),
    },
  ];
}

function concludeQuarantine({ source, quarantine }: SourceFacts): readonly Conclusion[] {
  if (quarantine === undefined || quarantine.sinceMs === null) return [];
  const { open, ids, sinceMs, path, problem, fileIds } = quarantine;
  return [
    {
      sinceMs,
      sentence: `${countText(open, "record", "records")} of ${source.sourceId} could not be applied: ${path === null || path === "" ? "" : `${path}: `}${problem ?? "see the records"}.`,
      evidence: [
        {
          kind: "SOURCE",
          id: source.sourceId,
          sentence: `${countText(open, "record is", "records are")} in quarantine`,
        },
        ...ids.map((id) => ({ kind: "QUARANTINED_RECORD" as const, id, sentence: "it is in quarantine" })),
        ...fileIds.map((id) => ({
          kind: "FILE" as const,
          id,
          sentence: "it could not be read, and none of it is used",
        })),
      ],
      remedy: {
        action:
          "Compare the records with the upstream's documentation. Replay them when the upstream or Sluice is corrected.",
        mutation: { name: "replayQuarantined", arguments: { ids } },
      },
    },
  ];
}

function concludeFiles({ nowMs, source, files }: SourceFacts): readonly Conclusion[] {
  if (files === undefined || files.oldestMs === null || nowMs - files.oldestMs < FILE_AGE_MS) return [];
  return [
    {
      sinceMs: files.oldestMs + FILE_AGE_MS,
      sentence: `${countText(files.waiting, "file waits", "files wait")} to be applied for ${source.sourceId}, the oldest for ${durationText(nowMs - files.oldestMs)}.`,
      evidence: [{ kind: "FILE", id: files.oldestId, sentence: `received at ${timeText(files.oldestMs)}` }],
      remedy: { action: "Nothing, if they become fewer. Otherwise look at the error of the oldest one." },
    },
  ];
}

function concludeFinding(sourceId: string, finding: FindingFact): Conclusion {
  const { id, kind, cause, summary, remedy, openedMs, ids } = finding;
  return {
    cause,
    state: HARMLESS.includes(kind) ? "IN_STEP" : "OUT_OF_STEP",
    sinceMs: openedMs,
    sentence:
      ids.length === 1 ? `${summary}.` : `${summary}; ${sourceId} has ${ids.length} findings of the kind ${kind}.`,
    evidence: [{ kind: "FINDING", id, sentence: summary }],
    remedy: { action: remedy },
  };
}
