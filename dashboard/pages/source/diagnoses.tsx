import { Sentence, Since, SourceLink, State, Time, words } from "../../ui/elements.tsx";
import { linkTo } from "../../state/route.ts";
import { HEALTH } from "../source-state.ts";
import { RemedyButton } from "./remedy-button.tsx";
import type { SourceDetails } from "./streams.tsx";

type Diagnosis = NonNullable<SourceDetails["health"]>["diagnoses"][number];
type Evidence = Diagnosis["evidence"][number];

export interface DiagnosesProps {
  readonly sourceId: string;
  readonly diagnoses: readonly Diagnosis[];
  /** Called after a remedy was started. */
  onDone(): void;
}

/** Why a source is not in step, or will not stay so, and what to do. */
export function Diagnoses({ sourceId, diagnoses, onDone }: DiagnosesProps) {
  if (diagnoses.length === 0) return null;
  return (
    <section aria-labelledby="diagnoses">
      <h2 id="diagnoses">Why, and what to do</h2>
      {diagnoses.map((diagnosis) => (
        <article class="finding" key={`${diagnosis.rule} ${diagnosis.stream ?? ""}`}>
          <h3>
            <Sentence text={diagnosis.sentence} />
          </h3>
          <p class="under">
            <State tone={HEALTH[diagnosis.state].tone}>
              {diagnosis.state === "IN_STEP" ? "warning" : HEALTH[diagnosis.state].label.toLowerCase()}
            </State>{" "}
            for <Since at={diagnosis.since} /> · {words(diagnosis.cause)}
            {diagnosis.stream !== null && ` · stream ${diagnosis.stream}`}
            {diagnosis.expectedRecoveryAt !== null && (
              <>
                {" "}
                · over at about <Time at={diagnosis.expectedRecoveryAt} />
              </>
            )}
          </p>
          <p>
            <Sentence text={diagnosis.remedy.action} />
          </p>
          <ul class="evidence">
            {diagnosis.evidence.map((evidence) => (
              <li key={evidence.sentence}>
                <EvidenceLink evidence={evidence} sourceId={sourceId} /> <Sentence text={evidence.sentence} />
              </li>
            ))}
          </ul>
          {diagnosis.remedy.mutation !== null && (
            <RemedyButton sourceId={sourceId} mutation={diagnosis.remedy.mutation} onDone={onDone} />
          )}
        </article>
      ))}
    </section>
  );
}

/** Pages that display an object of this kind. */
const PAGES: Partial<Readonly<Record<Evidence["kind"], string>>> = {
  DELIVERY: "deliveries",
  QUARANTINED_RECORD: "quarantine",
  FINDING: "findings",
};

function EvidenceLink({ evidence, sourceId }: { readonly evidence: Evidence; readonly sourceId: string }) {
  const { kind, id } = evidence;
  const page = PAGES[kind];
  if (page !== undefined && id !== null) return <a href={linkTo(page, id)}>{words(kind)}</a>;
  if (kind === "RUN") return <a href={linkTo("runs", undefined, { source: sourceId })}>run</a>;
  if (kind === "SOURCE") return <SourceLink id={sourceId} />;
  return <span class="quiet">{words(kind)}</span>;
}
