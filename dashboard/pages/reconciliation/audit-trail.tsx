import { useMemo } from "preact/hooks";
import type { AuditEntriesQuery, AuditOutcome } from "../../operations/__generated__/operations.ts";
import { auditEntriesDocument } from "../../operations/audit.ts";
import { useApp } from "../../state/app-context.ts";
import { linkTo, route, setParams } from "../../state/route.ts";
import { useQuery } from "../../state/use-query.ts";
import { jsonValues } from "../../format/json-values.ts";
import { Details } from "../../ui/details.tsx";
import { Empty, Facts, Loading, Problem, State, Time, type Tone, words } from "../../ui/elements.tsx";
import { Select, TextField } from "../../ui/form.tsx";
import { OlderNewest } from "../../ui/older-newest.tsx";
import { TableBox } from "../../ui/table-box.tsx";
import { auditFilter } from "./audit-filter.ts";

type Entry = AuditEntriesQuery["auditEntries"]["nodes"][number];

/** Rows are written without an event. */
const EVERY_MS = 10_000;
const TONES: Readonly<Record<AuditOutcome, Tone>> = { SUCCEEDED: "good", FAILED: "bad", REFUSED: "warn" };
/** Without an outcome: the row was written before its action began. */
const BEGUN = "begun";

/** Who did what, newest first, a page at a time. */
export function AuditTrail() {
  const { session } = useApp();
  if (!session.caller.value.scopes.has("admin"))
    return <Empty title="The audit trail needs the scope admin.">Sign in with a token that has it.</Empty>;
  return (
    <>
      <AuditFilters />
      <AuditEntries />
    </>
  );
}

function AuditEntries() {
  const { params, id } = route.value;
  const { after } = params;
  const filter = useMemo(() => auditFilter(params), [JSON.stringify(params)]);
  const { data, error, reload } = useQuery(
    auditEntriesDocument,
    { filter, after: after ?? null },
    { everyMs: EVERY_MS },
  );
  const nodes = data?.auditEntries.nodes ?? [];
  const open = nodes.find(({ sequence }) => sequence === id);
  return (
    <>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data !== undefined && nodes.length === 0 && (
        <Empty title="No rows match.">
          {Object.keys(filter).length === 0
            ? "Each mutation is recorded here, and what the service does by itself."
            : "Remove a part of the filter to see others."}
        </Empty>
      )}
      {data !== undefined && nodes.length > 0 && (
        <div class={`list-and-details ${open === undefined ? "" : "has-details"}`}>
          <div class="list">
            <EntryTable entries={nodes} openId={id} />
            <OlderNewest pageInfo={data.auditEntries.pageInfo} />
          </div>
          {open !== undefined && <EntryDetails entry={open} />}
        </div>
      )}
    </>
  );
}

function AuditFilters() {
  const { time } = useApp();
  const { who = "", action = "", outcome = "", from = "", to = "" } = route.value.params;
  const set = (name: string) => (value: string) => setParams({ [name]: value, after: undefined });
  return (
    <div class="filters">
      <TextField label="Who" value={who} onChange={set("who")} />
      <TextField label="Mutation" value={action} placeholder="pauseSource" onChange={set("action")} />
      <Select
        label="Outcome"
        value={outcome}
        options={[
          ["", "All"],
          ["SUCCEEDED", "Succeeded"],
          ["FAILED", "Failed"],
          ["REFUSED", "Refused"],
        ]}
        onChange={set("outcome")}
      />
      <TextField label={`From (${time.zone})`} type="datetime-local" value={from} onChange={set("from")} />
      <TextField label={`To (${time.zone})`} type="datetime-local" value={to} onChange={set("to")} />
    </div>
  );
}

function EntryTable({ entries, openId }: { readonly entries: readonly Entry[]; readonly openId: string | undefined }) {
  return (
    <TableBox label="Table of the audit trail">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Row</th>
            <th scope="col">Written</th>
            <th scope="col">Who</th>
            <th scope="col">Action</th>
            <th scope="col">On</th>
            <th scope="col">Outcome</th>
          </tr>
        </thead>
        <tbody>
          {entries.map((entry) => (
            <tr key={entry.sequence} class={entry.sequence === openId ? "open" : ""}>
              <th scope="row" class="number">
                <a data-focus="open" href={linkTo("reconciliation", entry.sequence, route.value.params)}>
                  {entry.sequence}
                </a>
              </th>
              <td>
                <Time at={entry.recordedAt} />
              </td>
              <td>
                {entry.principal.subject} <span class="under">{words(entry.principal.kind)}</span>
              </td>
              <td>
                <code class="action">{entry.action.replace(/^mutation\./, "")}</code>
              </td>
              <td>
                {entry.subject === null ? (
                  <span class="none">—</span>
                ) : (
                  <>
                    <span class="id">{entry.subject.id}</span> <span class="under">{words(entry.subject.type)}</span>
                  </>
                )}
              </td>
              <td>
                <Outcome entry={entry} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function Outcome({ entry: { outcome, errorCode } }: { readonly entry: Entry }) {
  return (
    <>
      <State tone={outcome === null ? "busy" : TONES[outcome]}>{outcome === null ? BEGUN : words(outcome)}</State>{" "}
      {errorCode !== null && <span class="under">{errorCode}</span>}
    </>
  );
}

/** The values of JSON, each in a line with its place. */
function JsonList({ text }: { readonly text: string }) {
  const values = jsonValues(text);
  if (values === undefined) return <code class="wrap">{text}</code>;
  return (
    <ul class="values">
      {values.map((value) => (
        <li key={value.path}>
          {value.path !== "" && <code>{value.path}</code>} <span class="wrap">{value.text}</span>
        </li>
      ))}
    </ul>
  );
}

function EntryDetails({ entry }: { readonly entry: Entry }) {
  const json = (text: string) => <code class="wrap">{text}</code>;
  return (
    <Details title={`Row ${entry.sequence}`}>
      <Facts
        facts={[
          ["Outcome", <Outcome entry={entry} />],
          ["Action", json(entry.action)],
          ["Phase", words(entry.phase)],
          ["Who", `${entry.principal.subject} (${words(entry.principal.kind)})`],
          ["Scopes", entry.principal.scopes.join(", ")],
          ["Address", entry.remoteAddress],
          ["Written", <Time at={entry.recordedAt} />],
          ["Arguments", <JsonList text={entry.arguments} />],
          ["Before", entry.before === null ? undefined : <JsonList text={entry.before} />],
          ["After", entry.after === null ? undefined : <JsonList text={entry.after} />],
          ["Operation", json(entry.operation)],
          ["Request", entry.requestId === null ? undefined : json(entry.requestId)],
          ["Hash", json(entry.hash)],
        ]}
      />
    </Details>
  );
}
