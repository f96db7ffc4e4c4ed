import type { AlertsQuery, AlertStatusInput } from "../../operations/__generated__/operations.ts";
import { alertDocument, alertsDocument, resendAlertDocument } from "../../operations/alerts.ts";
import { useApp } from "../../state/app-context.ts";
import { linkTo, route, setParams } from "../../state/route.ts";
import { useAction } from "../../state/use-action.ts";
import { useQuery } from "../../state/use-query.ts";
import { Details } from "../../ui/details.tsx";
import {
  Empty,
  Facts,
  label,
  Loading,
  Problem,
  SourceLink,
  State,
  Time,
  type Tone,
  words,
} from "../../ui/elements.tsx";
import { Select } from "../../ui/form.tsx";
import { SourceSelect } from "../../ui/source-select.tsx";
import { TableBox } from "../../ui/table-box.tsx";
import type { Endpoint } from "./endpoint-dialog.tsx";

type Alert = AlertsQuery["alerts"]["nodes"][number];

const LISTED = 50;
const EVERY_MS = 3_000;
const STATUSES: readonly AlertStatusInput[] = ["PENDING", "MUTED", "DELIVERED", "FAILED", "SUPERSEDED"];

const TONES: Readonly<Record<Alert["status"], Tone>> = {
  PENDING: "busy",
  MUTED: "idle",
  DELIVERED: "good",
  FAILED: "bad",
  SUPERSEDED: "idle",
};

/** What a message says, in a few words. */
const titleOf = ({ type, kind, sentence, changes }: Pick<Alert, "type" | "kind" | "sentence" | "changes">): string => {
  if (type === "TEST") return "Test";
  if (type === "FINDINGS_OMITTED") return `${changes} further findings`;
  if (type === "SOURCE_HEALTH_CHANGED") return sentence ?? "In step again";
  return `${type === "FINDING_CLOSED" ? "Resolved: " : ""}${sentence ?? label(kind ?? "")}`;
};

export interface AlertHistoryProps {
  readonly endpoints: readonly Endpoint[];
  readonly mayChange: boolean;
}

/** Messages, newest first, a page at a time. */
export function AlertHistory({ endpoints, mayChange }: AlertHistoryProps) {
  const { params, id } = route.value;
  const { source, status = "", endpoint = "", after } = params;
  const filter = {
    ...(source !== undefined && { sourceIds: [source] }),
    ...(status !== "" && { status: [status as AlertStatusInput] }), // the server refuses others
    ...(endpoint !== "" && { endpointIds: [endpoint] }),
  };
  const variables = { first: LISTED, after: after ?? null, filter };
  const { data, error, reload } = useQuery(alertsDocument, variables, { everyMs: EVERY_MS });
  const nodes = data?.alerts.nodes ?? [];
  const { hasNextPage = false, endCursor = null } = data?.alerts.pageInfo ?? {};
  return (
    <section aria-labelledby="history">
      <h2 id="history">History</h2>
      <div class="filters">
        <SourceSelect />
        <Select
          label="Endpoint"
          value={endpoint}
          options={[["", "All"], ...endpoints.map((one) => [one.id, one.name] as const)]}
          onChange={(value) => setParams({ endpoint: value, after: undefined })}
        />
        <Select
          label="Status"
          value={status}
          options={[["", "All"], ...STATUSES.map((one) => [one, label(one)] as const)]}
          onChange={(value) => setParams({ status: value, after: undefined })}
        />
      </div>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data !== undefined && nodes.length === 0 && (
        <Empty title="No messages match.">A message appears here as soon as a finding opens or a test is sent.</Empty>
      )}
      {nodes.length > 0 && (
        <div class={`list-and-details ${id === undefined ? "" : "has-details"}`}>
          <div class="list">
            <AlertTable alerts={nodes} openId={id} />
            <div class="actions">
              {after !== undefined && (
                <button type="button" class="small" onClick={() => setParams({ after: undefined })}>
                  Newest
                </button>
              )}
              {hasNextPage && (
                <button type="button" class="small" onClick={() => setParams({ after: endCursor ?? undefined })}>
                  Older
                </button>
              )}
            </div>
          </div>
          {id !== undefined && <AlertDetails id={id} mayChange={mayChange} onChanged={reload} />}
        </div>
      )}
    </section>
  );
}

function AlertTable({ alerts, openId }: { readonly alerts: readonly Alert[]; readonly openId: string | undefined }) {
  return (
    <TableBox label="Table of messages">
      <table class="dense">
        <thead>
          <tr>
            <th scope="col">Made</th>
            <th scope="col">Message</th>
            <th scope="col">Severity</th>
            <th scope="col">Endpoint</th>
            <th scope="col">Status</th>
            <th scope="col" class="number">
              Attempts
            </th>
          </tr>
        </thead>
        <tbody>
          {alerts.map((alert) => (
            <tr key={alert.id} class={alert.id === openId ? "open" : ""}>
              <td>
                <Time at={alert.createdAt} />
              </td>
              <th scope="row">
                <a data-focus="open" href={linkTo("alerts", alert.id, route.value.params)}>
                  {titleOf(alert)}
                </a>
              </th>
              <td>{words(alert.severity)}</td>
              <td>{alert.endpoint?.name ?? <span class="none">deleted</span>}</td>
              <td>
                <State tone={TONES[alert.status]}>{words(alert.status)}</State>
              </td>
              <td class="number">{alert.attempts}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

interface AlertDetailsProps {
  readonly id: string;
  readonly mayChange: boolean;
  onChanged(): void;
}

function AlertDetails({ id, mayChange, onChanged }: AlertDetailsProps) {
  const { session } = useApp();
  const { data, error, reload } = useQuery(alertDocument, { id }, { everyMs: EVERY_MS });
  const resend = useAction(async () => {
    await session.run(resendAlertDocument, { id });
    reload();
    onChanged();
    return "The message is sent again, under its id.";
  });
  const alert = data?.alert;
  return (
    <Details title={alert ? titleOf(alert) : "Message"}>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {alert === undefined && error === undefined && <Loading />}
      {alert === null && <p>This message is no longer kept.</p>}
      {alert !== null && alert !== undefined && (
        <>
          <Facts
            facts={[
              ["Status", <State tone={TONES[alert.status]}>{words(alert.status)}</State>],
              ["Error", alert.error],
              ["Severity", words(alert.severity)],
              ["Kind", alert.kind === null ? undefined : label(alert.kind)],
              ["Source", alert.source === null ? undefined : <SourceLink id={alert.source.id} />],
              ["Finding", alert.finding === null ? undefined : <FindingLink finding={alert.finding} />],
              ["Endpoint", alert.endpoint?.name ?? "deleted"],
              ["Made", <Time at={alert.createdAt} />],
              ["Next attempt", alert.dueAt === null ? undefined : <Time at={alert.dueAt} />],
              ["Muted until", alert.mutedUntil === null ? undefined : <Time at={alert.mutedUntil} />],
              ["Ended", alert.finishedAt === null ? undefined : <Time at={alert.finishedAt} />],
              ["Id (webhook-id)", <code class="wrap">{alert.id}</code>],
            ]}
          />
          {mayChange && alert.endpoint?.status === "ACTIVE" && (
            <div class="actions">
              <button type="button" class="primary" disabled={resend.isRunning} onClick={() => void resend.start()}>
                Send again
              </button>
            </div>
          )}
          <h3>Attempts</h3>
          {alert.attemptLog.length === 0 && <p class="hint">No attempt has ended.</p>}
          <ol>
            {alert.attemptLog.map(({ at, responseStatus, error: failure, durationMs }) => (
              <li key={at}>
                <Time at={at} />: {failure ?? `accepted with ${responseStatus ?? "no status"}`} ({durationMs} ms)
              </li>
            ))}
          </ol>
        </>
      )}
    </Details>
  );
}

const FindingLink = ({ finding }: { readonly finding: { readonly id: string; readonly closedAt: string | null } }) => (
  <a href={linkTo("findings", finding.id, { state: finding.closedAt === null ? undefined : "closed" })}>
    {finding.closedAt === null ? "open" : "closed"}
  </a>
);
