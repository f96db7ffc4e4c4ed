import type { Judgement } from "../../apply/judge.ts";
import type { Silent } from "./judge-silence.ts";

export interface SilenceEvidence extends Silent {
  /** When the last delivery came, RFC 3339. */
  readonly lastReceivedAt: string;
  /** Calls since then that could not be verified. */
  readonly refused: number;
}

const KIND = "WEBHOOKS_SILENT";

/** @param silence undefined: deliveries come */
export function silenceFinding(sourceId: string, silence: SilenceEvidence | undefined): Judgement {
  if (silence === undefined) return { kind: KIND, subject: sourceId, finding: undefined };
  const { lastReceivedAt, refused, expected, usualPerHour } = silence;
  return {
    kind: KIND,
    subject: sourceId,
    finding: {
      cause: "WEBHOOK",
      summary: `No webhook has come for ${sourceId} since ${lastReceivedAt}${refused > 0 ? `; ${refused} calls were refused` : ""}`,
      evidence: { lastReceivedAt, expected: Math.round(expected), usualPerHour: Math.round(usualPerHour), refused },
      remedy: `${refused > 0 ? refusedRemedy(sourceId) : silentRemedy(sourceId)} Until deliveries come again the source is read more often, so that no data is missing.`,
    },
  };
}

function silentRemedy(sourceId: string): string {
  return (
    `Look at the endpoint /webhooks/${sourceId} at the provider: whether it is still enabled, as providers disable one that has ` +
    "failed for long, whether its address is the one of this service, and what its log of deliveries says."
  );
}

function refusedRemedy(sourceId: string): string {
  return (
    `Calls to /webhooks/${sourceId} come, but their signatures do not hold: the signing secret may have been changed at the ` +
    "provider. Put the present one beside the old one in the settings of the source."
  );
}
