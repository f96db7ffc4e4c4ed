import type { Severity } from "../operations/__generated__/operations.ts";
import { linkTo } from "../state/route.ts";
import { Sentence, Since, label, SourceLink, State, type Tone, words } from "../ui/elements.tsx";

/** A finding, as far as a list of them displays it. */
export interface ListedFinding {
  readonly id: string;
  readonly kind: string;
  readonly cause: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly openedAt: string;
  readonly source: { readonly id: string };
}

const SEVERITIES: readonly Severity[] = ["CRITICAL", "WARNING", "INFO"];

/** How a severity is displayed. */
export const SEVERITY_TONES: Readonly<Record<Severity, Tone>> = { CRITICAL: "bad", WARNING: "warn", INFO: "idle" };

/** The findings, the most urgent ones first, then by age. */
export const worstFirst = <Finding extends ListedFinding>(findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted(
    (a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) || a.openedAt.localeCompare(b.openedAt),
  );

export const FindingList = ({ findings }: { readonly findings: readonly ListedFinding[] }) => (
  <ul class="findings">
    {findings.map((finding) => (
      <li key={finding.id}>
        <a href={linkTo("findings", finding.id)}>
          <Sentence text={finding.summary} />
        </a>
        <p class="under">
          <State tone={SEVERITY_TONES[finding.severity]}>{words(finding.severity)}</State> ·{" "}
          <span>{label(finding.kind)}</span> · <span>{words(finding.cause)}</span> ·{" "}
          <SourceLink id={finding.source.id} /> · open for <Since at={finding.openedAt} />
        </p>
      </li>
    ))}
  </ul>
);
