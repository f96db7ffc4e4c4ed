import type { EvidencePacksQuery } from "../../operations/__generated__/operations.ts";
import { cancelEvidencePackDocument, evidencePacksDocument } from "../../operations/evidence.ts";
import { groupDigits } from "../../format/money.ts";
import { useApp } from "../../state/app-context.ts";
import { linkTo, route } from "../../state/route.ts";
import { useAction } from "../../state/use-action.ts";
import { useQuery } from "../../state/use-query.ts";
import { Empty, Loading, Problem, State, Time, type Tone, words } from "../../ui/elements.tsx";
import { OlderNewest } from "../../ui/older-newest.tsx";
import { TableBox } from "../../ui/table-box.tsx";
import { downloadPack } from "./download-pack.ts";

type Pack = EvidencePacksQuery["evidencePacks"]["nodes"][number];

/** The progress of a pack changes without an event. */
const EVERY_MS = 2_000;
const MEBIBYTE = 1_048_576n;

const TONES: Readonly<Record<Pack["status"], Tone>> = {
  QUEUED: "busy",
  READY: "good",
  FAILED: "bad",
  CANCELED: "idle",
};

/** Evidence packs, newest first, a page at a time. */
export function EvidencePacks() {
  const { after } = route.value.params;
  const { data, error, reload } = useQuery(evidencePacksDocument, { after: after ?? null }, { everyMs: EVERY_MS });
  if (error !== undefined) return <Problem text={error} retry={reload} />;
  if (data === undefined) return <Loading />;
  const { nodes, pageInfo } = data.evidencePacks;
  if (nodes.length === 0 && after === undefined) {
    return (
      <Empty title="No evidence pack is stored.">
        Make one for a period, or on the page Findings for a finding: it has everything that an auditor needs to check
        it without Sluice.
      </Empty>
    );
  }
  return (
    <>
      <TableBox label="Table of evidence packs">
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">Period (UTC)</th>
              <th scope="col">Of</th>
              <th scope="col">Status</th>
              <th scope="col">Made</th>
              <th scope="col">Kept until</th>
              <th scope="col">SHA-256</th>
              <th scope="col">Actions</th>
            </tr>
          </thead>
          <tbody>
            {nodes.map((pack) => (
              <PackRow key={pack.id} pack={pack} reload={reload} />
            ))}
          </tbody>
        </table>
      </TableBox>
      <OlderNewest pageInfo={pageInfo} />
    </>
  );
}

const periodOf = ({ from, to }: Pack): string => `${shortOf(from)} to ${shortOf(to)}`;
/** Without its time, if it is the beginning of a day. */
const shortOf = (at: string): string => at.replace(/T00:00:00(\.0+)?Z$/, "");
const sizeText = (bytes: string): string =>
  BigInt(bytes) < MEBIBYTE ? `${groupDigits(bytes)} bytes` : `${groupDigits(String(BigInt(bytes) / MEBIBYTE))} MiB`;

function PackRow({ pack, reload }: { readonly pack: Pack; readonly reload: () => void }) {
  const { session } = useApp();
  const { id, status, written, size, sha256, errorCode, sourceIds, findingId } = pack;
  const cancel = useAction(async () => {
    await session.run(cancelEvidencePackDocument, { id });
    reload();
    return "The pack is canceled.";
  });
  const download = useAction(async () => {
    await downloadPack(id);
    return "The pack is downloaded.";
  });
  return (
    <tr>
      <th scope="row">{periodOf(pack)}</th>
      <td>
        {findingId === null ? (
          (sourceIds?.join(", ") ?? "all sources")
        ) : (
          <a href={linkTo("findings", findingId, { state: "all" })}>a finding</a>
        )}
      </td>
      <td>
        <State tone={TONES[status]}>{words(status)}</State>{" "}
        <span class="under">
          {errorCode ?? (size === null ? `${groupDigits(written)} lines written` : sizeText(size))}
        </span>
      </td>
      <td>
        <Time at={pack.createdAt} /> <span class="under">{pack.createdBy}</span>
      </td>
      <td>
        <Time at={pack.expiresAt} />
      </td>
      <td>{sha256 === null ? <span class="none">—</span> : <code class="wrap">{sha256}</code>}</td>
      <td>
        {status === "READY" && (
          <button type="button" class="small" disabled={download.isRunning} onClick={() => void download.start()}>
            Download
          </button>
        )}
        {status === "QUEUED" && (
          <button type="button" class="small" disabled={cancel.isRunning} onClick={() => void cancel.start()}>
            Cancel
          </button>
        )}
      </td>
    </tr>
  );
}
