import { useState } from "preact/hooks";
import type { QuarantinedRecordQuery } from "../../operations/__generated__/operations.ts";
import { quarantinedRecordDocument } from "../../operations/quarantine.ts";
import { groupDigits } from "../../format/money.ts";
import { useApp } from "../../state/app-context.ts";
import { linkTo } from "../../state/route.ts";
import { useAction } from "../../state/use-action.ts";
import { useQuery } from "../../state/use-query.ts";
import { Bytes } from "../../ui/bytes.tsx";
import { Details } from "../../ui/details.tsx";
import { DiscardDialog } from "../../ui/discard-dialog.tsx";
import { Facts, label, Loading, Problem, SourceLink, State, Time } from "../../ui/elements.tsx";
import { DISCARD_EFFECT, discardRecords, replayRecords } from "./bulk-actions.ts";
import { pointerTo } from "./record-pointer.ts";
import { RECORD_TONES } from "./record-tones.ts";

type QuarantinedRecord = NonNullable<QuarantinedRecordQuery["quarantinedRecord"]>;

export function RecordDetails({ id, onChanged }: { readonly id: string; readonly onChanged: () => void }) {
  const { session } = useApp();
  const { scopes } = session.caller.value;
  const withBody = scopes.has("admin");
  const { data, error, reload } = useQuery(quarantinedRecordDocument, { id, withBody });
  const record = data?.quarantinedRecord;
  function changed(): void {
    reload();
    onChanged();
  }
  return (
    <Details title={record ? `${label(record.entityType)} ${record.externalId ?? ""}` : "Record"}>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {record === undefined && error === undefined && <Loading />}
      {record === null && <p>This record no longer exists.</p>}
      {record !== null && record !== undefined && (
        <>
          <RecordFacts record={record} />
          {scopes.has("sync") && record.status !== "RESOLVED" && <RecordActions record={record} onChanged={changed} />}
          <h3>Bytes</h3>
          {!withBody && <p class="hint">A token with the scope admin displays them.</p>}
          {withBody && typeof record.raw?.body === "string" && (
            <Bytes text={record.raw.body} path={pointerTo(record.raw.path, record.path)} />
          )}
          {withBody && typeof record.raw?.body !== "string" && (
            <p class="hint">They are no longer kept, or too large to display.</p>
          )}
        </>
      )}
    </Details>
  );
}

function RecordFacts({ record }: { readonly record: QuarantinedRecord }) {
  const { discardedAt, discardedBy, discardReason } = record;
  return (
    <Facts
      facts={[
        ["Status", <State tone={RECORD_TONES[record.status]}>{label(record.status)}</State>],
        ["Problem", record.problem],
        [
          "Path of the error",
          record.path === "" ? undefined : (
            <a class="wrap" href={linkTo("quarantine", record.id, { source: record.source.id, path: record.path })}>
              {record.path}
            </a>
          ),
        ],
        ["Place in the bytes", record.raw === null ? undefined : <code class="wrap">{record.raw.path || "all"}</code>],
        ["Code", record.code],
        ["Source", <SourceLink id={record.source.id} />],
        ["First seen", <Time at={record.firstAt} />],
        ["Last seen", <Time at={record.lastAt} />],
        ["Occurrences", groupDigits(record.occurrences)],
        ["Resolved", record.resolvedAt === null ? undefined : <Time at={record.resolvedAt} />],
        [
          "Discarded",
          discardedAt === null ? undefined : (
            <>
              {discardReason} <span class="under">{discardedBy ?? "unknown"}</span> <Time at={discardedAt} />
            </>
          ),
        ],
        ["File", record.raw?.file?.name],
      ]}
    />
  );
}

interface RecordActionsProps {
  readonly record: QuarantinedRecord;
  onChanged(): void;
}

function RecordActions({ record: { id, status }, onChanged }: RecordActionsProps) {
  const { session } = useApp();
  const [isDiscarding, setDiscarding] = useState(false);
  const replay = useAction(async () => {
    const sentence = await replayRecords(session, [id]);
    onChanged();
    return sentence;
  });
  return (
    <div class="actions">
      <button type="button" class="primary" disabled={replay.isRunning} onClick={() => void replay.start()}>
        Replay
      </button>
      <button type="button" disabled={status !== "OPEN"} onClick={() => setDiscarding(true)}>
        Discard…
      </button>
      <DiscardDialog
        what="the record"
        effect={DISCARD_EFFECT}
        isOpen={isDiscarding}
        onClose={() => setDiscarding(false)}
        run={async (reason) => {
          await discardRecords(session, [id], reason);
          setDiscarding(false);
          onChanged();
          return "The record is discarded. A replay reverses that.";
        }}
      />
    </div>
  );
}
