import type { FindingsQuery } from "../../operations/__generated__/operations.ts";
import { Age, label, Sentence, SourceLink, State, Time, words } from "../../ui/elements.tsx";
import { SEVERITY_TONES } from "../finding-list.tsx";
import { EvidenceFacts } from "./evidence-facts.tsx";
import { FindingEvidence } from "./finding-evidence.tsx";
import { FindingRemedy } from "./finding-remedy.tsx";

export type Finding = FindingsQuery["findings"]["nodes"][number];

/** One finding: what it is, what to do, by which facts. @param isChosen true for the one that the address names */
export function FindingCard({ finding, isChosen = false }: { readonly finding: Finding; readonly isChosen?: boolean }) {
  const { kind, cause, severity, summary, remedy, evidence, openedAt, closedAt, source } = finding;
  return (
    <article class={`finding ${isChosen ? "open" : ""}`} id={finding.id}>
      <h2>
        <Sentence text={summary} />
      </h2>
      <p class="under">
        <State tone={closedAt === null ? SEVERITY_TONES[severity] : "idle"}>
          {closedAt === null ? words(severity) : "closed"}
        </State>{" "}
        · {label(kind)} · {words(cause)} · <SourceLink id={source.id} />
      </p>
      <p>
        <strong>What to do.</strong> <Sentence text={remedy} />
      </p>
      <EvidenceFacts evidence={evidence} />
      <p class="under">
        Opened <Time at={openedAt} />
        {closedAt === null ? (
          <>
            , <Age at={openedAt} />
          </>
        ) : (
          <>
            , closed <Time at={closedAt} />
          </>
        )}
      </p>
      <div class="actions">
        {closedAt === null && <FindingRemedy finding={finding} />}
        <FindingEvidence id={finding.id} />
      </div>
    </article>
  );
}
