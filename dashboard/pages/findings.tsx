import type { ComponentChildren } from "preact";
import type { FindingsQuery } from "../operations/__generated__/operations.ts";
import { findingsDocument } from "../operations/findings.ts";
import { useQuery } from "../state/use-query.ts";
import { linkTo, route, setParams } from "../state/route.ts";
import { Age, Empty, Facts, label, Loading, Page, Problem, SourceLink, State, Time, words } from "../ui/elements.tsx";
import { Select } from "../ui/form.tsx";
import { SourceSelect } from "../ui/source-select.tsx";
import { SEVERITY_TONES, worstFirst } from "./finding-list.tsx";
import { FindingEvidence } from "./finding-evidence.tsx";
import { FindingRemedy } from "./finding-remedy.tsx";

type Finding = FindingsQuery["findings"]["nodes"][number];

const LISTED = 100;

export function Findings() {
  const { params, id } = route.value;
  const { source, state = "open" } = params;
  const filter = {
    ...(source !== undefined && { sourceIds: [source] }),
    ...(state !== "all" && { isOpen: state === "open" }),
  };
  const { data, error, reload } = useQuery(
    findingsDocument,
    { first: LISTED, filter },
    { concerns: ({ __typename: type }) => type === "FindingOpened" || type === "FindingClosed" },
  );
  const findings = data === undefined ? [] : state === "open" ? worstFirst(data.findings.nodes) : data.findings.nodes;
  return (
    <Page title="Findings" sentence="Contradictions and losses that Sluice has detected, with what to do about each.">
      <div class="filters">
        <SourceSelect />
        <Select
          label="State"
          value={state}
          options={[
            ["open", "Open"],
            ["closed", "Closed"],
            ["all", "All"],
          ]}
          onChange={(value) => setParams({ state: value })}
        />
      </div>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data !== undefined && findings.length === 0 && (
        <Empty title={state === "open" ? "No open findings." : "No findings match."}>
          {state === "open" ? (
            <>
              Everything that can be compared agrees.{" "}
              <a href={linkTo("findings", undefined, { state: "closed" })}>Closed ones</a> show what has happened
              before.
            </>
          ) : (
            "Change the filter to see others."
          )}
        </Empty>
      )}
      {findings.map((finding) => (
        <FindingCard key={finding.id} finding={finding} isOpen={finding.id === id} />
      ))}
    </Page>
  );
}

/** `usualUntil` in words: `usual until`. */
const factName = (name: string): string => name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const factValue = (value: string): ComponentChildren =>
  /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? <Time at={value} /> : <span class="wrap">{value}</span>;

function FindingCard({ finding, isOpen }: { readonly finding: Finding; readonly isOpen: boolean }) {
  const { kind, cause, severity, summary, remedy, evidence, openedAt, closedAt, source } = finding;
  return (
    <article class={`finding ${isOpen ? "open" : ""}`} id={finding.id}>
      <h2>{summary}</h2>
      <p class="under">
        <State tone={closedAt === null ? SEVERITY_TONES[severity] : "idle"}>
          {closedAt === null ? words(severity) : "closed"}
        </State>{" "}
        · {label(kind)} · {words(cause)} · <SourceLink id={source.id} />
      </p>
      <p>
        <strong>What to do.</strong> {remedy}
      </p>
      <Facts facts={evidence.map(({ name, value }) => [factName(name), factValue(value)] as const)} />
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
