import { useState } from "preact/hooks";
import { useApp } from "../../state/app-context.ts";
import { alertEndpointsDocument } from "../../operations/alerts.ts";
import { useQuery } from "../../state/use-query.ts";
import { Loading, Page, Problem } from "../../ui/elements.tsx";
import { AlertHistory } from "./alert-history.tsx";
import { CreateDialog } from "./endpoint-dialog.tsx";
import { Endpoints } from "./endpoints.tsx";
import { MuteDialog, Mutings } from "./mutings.tsx";
import { SecretDialog } from "./secret-dialog.tsx";

/** What is sent changes without an event. */
const EVERY_MS = 5_000;

export function Alerts() {
  const { session } = useApp();
  const mayChange = session.caller.value.scopes.has("admin");
  const { data, error, reload } = useQuery(alertEndpointsDocument, {}, { everyMs: EVERY_MS });
  const [dialog, setDialog] = useState<"create" | "mute">();
  const [secret, setSecret] = useState<string>();
  const close = (): void => setDialog(undefined);
  return (
    <Page
      title="Alerts"
      sentence="Findings and changes of health, sent to the receivers that an admin makes."
      actions={
        mayChange && (
          <>
            <button type="button" class="primary" onClick={() => setDialog("create")}>
              New endpoint…
            </button>
            <button type="button" onClick={() => setDialog("mute")}>
              Mute…
            </button>
          </>
        )
      }
    >
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data !== undefined && (
        <>
          <Endpoints endpoints={data.alertEndpoints} mayChange={mayChange} reload={reload} onSecret={setSecret} />
          <Mutings mutes={data.alertMutes} mayChange={mayChange} reload={reload} />
          <AlertHistory endpoints={data.alertEndpoints} mayChange={mayChange} />
        </>
      )}
      <CreateDialog
        isOpen={dialog === "create"}
        onClose={close}
        onCreated={(created) => {
          setSecret(created);
          reload();
        }}
      />
      <MuteDialog isOpen={dialog === "mute"} onClose={close} onMuted={reload} />
      <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />
    </Page>
  );
}
