import { findingDocument, findingsDocument } from "../../operations/findings.ts";
import type { LiveEvent } from "../../graph/event-fields.ts";
import { useQuery } from "../../state/use-query.ts";
import { linkTo, route, setParams } from "../../state/route.ts";
import { Empty, Loading, Page, Problem } from "../../ui/elements.tsx";
import { Select } from "../../ui/form.tsx";
import { OlderNewest } from "../../ui/older-newest.tsx";
import { SourceSelect } from "../../ui/source-select.tsx";
import { worstFirst } from "../finding-list.tsx";
import { FindingCard } from "./finding-card.tsx";

const LISTED = 50;
const concernsFindings = ({ __typename: type }: LiveEvent): boolean =>
  type === "FindingOpened" || type === "FindingClosed";

/** The findings, a page at a time; before them the one that the address names, whatever the filter is. */
export function Findings() {
  const { params, id } = route.value;
  const { source, state = "open", after } = params;
  const filter = {
    ...(source !== undefined && { sourceIds: [source] }),
    ...(state !== "all" && { isOpen: state === "open" }),
  };
  const { data, error, reload } = useQuery(
    findingsDocument,
    { first: LISTED, after: after ?? null, filter },
    { concerns: concernsFindings },
  );
  const nodes = data?.findings.nodes ?? [];
  const findings = state === "open" ? worstFirst(nodes) : nodes;
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
          onChange={(value) => setParams({ state: value, after: undefined })}
        />
      </div>
      {id !== undefined && <ChosenFinding key={id} id={id} />}
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data !== undefined && findings.length === 0 && <NothingListed />}
      {findings
        .filter((finding) => finding.id !== id)
        .map((finding) => (
          <FindingCard key={finding.id} finding={finding} />
        ))}
      {data !== undefined && <OlderNewest pageInfo={data.findings.pageInfo} />}
    </Page>
  );
}

/** The finding that a link leads to: it may be closed, or on another page of the list. */
function ChosenFinding({ id }: { readonly id: string }) {
  const { data, error, reload } = useQuery(findingDocument, { id }, { concerns: concernsFindings });
  if (error !== undefined) return <Problem text={error} retry={reload} />;
  if (data === undefined) return <Loading />;
  if (data.finding === null)
    return <Empty title="This finding no longer exists.">A closed one is deleted after some time.</Empty>;
  return <FindingCard finding={data.finding} isChosen />;
}

function NothingListed() {
  const { source, state = "open" } = route.value.params;
  if (state !== "open") return <Empty title="No findings match.">Change the filter to see others.</Empty>;
  return (
    <Empty title="No open findings.">
      Everything that can be compared{source !== undefined && ` of ${source}`} agrees.{" "}
      <a href={linkTo("findings", undefined, { source, state: "closed" })}>Closed ones</a> show what has happened
      before.
    </Empty>
  );
}
