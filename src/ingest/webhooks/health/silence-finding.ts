import type { FindingCheck } from "../../apply/update-findings.ts";
import type { Silent } from "./detect-silence.ts";

export interface SilenceEvidence extends Silent {
  /** Time of the last delivery, RFC 3339. */
  readonly lastReceivedAt: string;
  /** Number of calls since then that could not be verified. */
  readonly refused: number;
}

const KIND = "WEBHOOKS_SILENT";

/** @param silence undefined: deliveries are arriving */
export function silenceFinding(sourceId: string, silence: SilenceEvidence | undefined): FindingCheck {
  if (silence === undefined) return { kind: KIND, subject: sourceId, finding: undefined };
  const { lastReceivedAt, refused, expected, expectedPerHour } = silence;
  return {
    kind: KIND,
    subject: sourceId,
    finding: {
      cause: "WEBHOOK",
      summary: `No webhook has arrived for ${sourceId} since ${lastReceivedAt}${refused > 0 ? `; ${refused} calls were refused` : ""}`,
      evidence: {
        lastReceivedAt,
        expected: Math.round(expected),
        expectedPerHour: Math.round(expectedPerHour),
        refused,
      },
      remedy: `${refused > 0 ? refusedRemedy(sourceId) : silentRemedy(sourceId)} Until deliveries arrive again, the source is read more often, so that no data is missing.`,
    },
  };
}

function silentRemedy(sourceId: string): string {
  return (
    `Check the endpoint /webhooks/${sourceId} at the provider: whether it is still enabled, as providers disable one that has ` +
    "failed for long, whether its address is the one of this service, and what its log of deliveries shows."
  );
}

function refusedRemedy(sourceId: string): string {
  return (
    `Calls to /webhooks/${sourceId} arrive, but their signatures are not valid: the signing secret may have been changed at the ` +
    "provider. Add the current secret next to the old one in the settings of the source."
  );
}
