import { useState } from "preact/hooks";
import {
  deleteAlertEndpointDocument,
  rotateAlertSecretDocument,
  sendTestAlertDocument,
  updateAlertEndpointDocument,
} from "../../operations/alerts.ts";
import { useApp } from "../../state/app-context.ts";
import { useAction } from "../../state/use-action.ts";
import { Age, Empty, Since, SourceLink, State, Time, type Tone, words } from "../../ui/elements.tsx";
import { Dialog } from "../../ui/form.tsx";
import { TableBox } from "../../ui/table-box.tsx";
import { EditDialog, type Endpoint } from "./endpoint-dialog.tsx";

export interface EndpointsProps {
  readonly endpoints: readonly Endpoint[];
  readonly mayChange: boolean;
  reload(): void;
  onSecret(secret: string): void;
}

export function Endpoints({ endpoints, mayChange, reload, onSecret }: EndpointsProps) {
  const [edited, setEdited] = useState<Endpoint>();
  return (
    <section aria-labelledby="endpoints">
      <h2 id="endpoints">Endpoints</h2>
      {endpoints.length === 0 && (
        <Empty title="Nothing is sent anywhere.">
          {mayChange
            ? "Make an endpoint to learn what is out of step: your own receiver, or the incoming webhook of a chat service."
            : "A token with the scope admin can make an endpoint."}
        </Empty>
      )}
      {endpoints.length > 0 && (
        <TableBox label="Table of endpoints">
          <table class="dense">
            <thead>
              <tr>
                <th scope="col">Name</th>
                <th scope="col">Receiver</th>
                <th scope="col">State</th>
                <th scope="col">Gets</th>
                <th scope="col">Last accepted</th>
                {mayChange && <th scope="col">Actions</th>}
              </tr>
            </thead>
            <tbody>
              {endpoints.map((endpoint) => (
                <tr key={endpoint.id}>
                  <th scope="row">{endpoint.name}</th>
                  <td>
                    <span class="wrap">{endpoint.origin}</span>
                    {endpoint.form === "CHAT_TEXT" && " (chat)"}
                  </td>
                  <td>
                    <EndpointState endpoint={endpoint} />
                  </td>
                  <td>
                    {words(endpoint.minSeverity)} and above
                    {endpoint.sourceIds?.map((id) => (
                      <span key={id}>
                        {" "}
                        <SourceLink id={id} />
                      </span>
                    ))}
                  </td>
                  <td>
                    <Age at={endpoint.lastDeliveredAt} />
                  </td>
                  {mayChange && (
                    <td>
                      <EndpointActions
                        endpoint={endpoint}
                        reload={reload}
                        onSecret={onSecret}
                        onEdit={() => setEdited(endpoint)}
                      />
                    </td>
                  )}
                </tr>
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
      <EditDialog endpoint={edited} onClose={() => setEdited(undefined)} onChanged={reload} />
    </section>
  );
}

const TONES: Readonly<Record<Endpoint["status"], Tone>> = {
  ACTIVE: "good",
  DISABLED: "idle",
  REJECTED: "bad",
  FAILED: "bad",
};

function EndpointState({ endpoint }: { readonly endpoint: Endpoint }) {
  const { status, mutedUntil, failingSince, error } = endpoint;
  if (status !== "ACTIVE")
    return (
      <>
        <State tone={TONES[status]}>{words(status)}</State> since <Time at={endpoint.statusSince} />
        {error !== null && <p class="under">{error}</p>}
      </>
    );
  return (
    <>
      {failingSince === null ? (
        <State tone="good">active</State>
      ) : (
        <>
          <State tone="bad">
            failing for <Since at={failingSince} />
          </State>
          <p class="under">{error}</p>
        </>
      )}
      {mutedUntil !== null && (
        <p class="under">
          muted until <Time at={mutedUntil} />
        </p>
      )}
    </>
  );
}

interface EndpointActionsProps {
  readonly endpoint: Endpoint;
  reload(): void;
  onSecret(secret: string): void;
  onEdit(): void;
}

function EndpointActions({ endpoint, reload, onSecret, onEdit }: EndpointActionsProps) {
  const { session } = useApp();
  const { id, name, status, form } = endpoint;
  const isActive = status === "ACTIVE";
  const [confirmed, setConfirmed] = useState<"delete" | "rotate">();
  const close = (): void => setConfirmed(undefined);
  const test = useAction(async () => {
    await session.run(sendTestAlertDocument, { endpointId: id });
    reload();
    return `A test is sent to ${name}: its result is in the history below.`;
  });
  const toggle = useAction(async () => {
    await session.run(updateAlertEndpointDocument, { input: { id, isEnabled: !isActive } });
    reload();
    return isActive ? `Nothing is sent to ${name} any more.` : `${name} gets what happens from now on.`;
  });
  const rotate = useAction(async () => {
    const { rotateAlertSecret } = await session.run(rotateAlertSecretDocument, { id });
    close();
    onSecret(rotateAlertSecret.secret);
    return `${name} has another secret. The previous one is valid for 24 hours.`;
  });
  const remove = useAction(async () => {
    await session.run(deleteAlertEndpointDocument, { id });
    close();
    reload();
    return `${name} is deleted.`;
  });
  return (
    <div class="actions" role="group" aria-label={`Actions for ${name}`}>
      {isActive && (
        <button type="button" class="small" disabled={test.isRunning} onClick={() => void test.start()}>
          Test
        </button>
      )}
      <button type="button" class="small" onClick={onEdit}>
        Change…
      </button>
      {form === "STANDARD_WEBHOOKS" && (
        <button type="button" class="small" onClick={() => setConfirmed("rotate")}>
          New secret…
        </button>
      )}
      <button type="button" class="small" disabled={toggle.isRunning} onClick={() => void toggle.start()}>
        {isActive ? "Disable" : "Enable"}
      </button>
      <button type="button" class="small" onClick={() => setConfirmed("delete")}>
        Delete…
      </button>
      <Dialog title={`Delete ${name}`} isOpen={confirmed === "delete"} confirm="Delete" action={remove} onClose={close}>
        <p>What waits for it is given up. Its history stays.</p>
      </Dialog>
      <Dialog
        title={`New secret for ${name}`}
        isOpen={confirmed === "rotate"}
        confirm="Make a new secret"
        action={rotate}
        onClose={close}
      >
        <p>For 24 hours each message is signed with the previous secret too.</p>
      </Dialog>
    </div>
  );
}
