import { useApp } from "../../state/app-context.ts";
import { startSyncDocument } from "../../operations/sources.ts";
import { useAction } from "../../state/use-action.ts";
import { linkTo } from "../../state/route.ts";

/** A finding, as far as its remedy needs it. */
export interface RemediedFinding {
  readonly kind: string;
  readonly source: { readonly id: string };
  readonly evidence: readonly { readonly name: string; readonly parts: readonly { readonly value: string }[] }[];
}

/** Kinds about fields of which records can be in quarantine. */
const QUARANTINING = /^(UNKNOWN_VALUE|CHANGED_FIELD|MALFORMED_FIELD)$/;

interface Place {
  readonly text: string;
  readonly href: string;
}

/** Kinds that a run of the source can close. */
const CLOSED_BY_SYNC = /^(SOURCE_FAILING|WEBHOOKS_|FEED_GAP|REFETCH_FAILED|PAYMENT_|PAYOUT_|REFUND_|LEDGER_|ACCOUNT_)/;
/** Of these, those that an incremental run would not reach. */
const NEEDS_FULL = /^(FEED_GAP|REFETCH_FAILED)/;

/** Returns the single value of a fact; undefined if the finding has none of this name. */
const valueOf = ({ evidence }: RemediedFinding, fact: string): string | undefined =>
  evidence.find(({ name }) => name === fact)?.parts[0]?.value;

/** Where the remedy of a finding begins. */
function placeOf(finding: RemediedFinding): Place {
  const { kind, source } = finding;
  if (kind.startsWith("BALANCE_CHAIN_"))
    return {
      text: "Open the balances",
      href: linkTo("reconciliation", undefined, { tab: "balances", chain: "BROKEN" }),
    };
  if (kind.startsWith("STATEMENT_") || kind.startsWith("BALANCE_") || kind.startsWith("BOOKED_"))
    return {
      text: "Open the statements",
      href: linkTo("money", undefined, { tab: "statements", month: valueOf(finding, "day")?.slice(0, 7) }),
    };
  if (kind.startsWith("PAYOUT_")) return { text: "Open the reconciliation", href: linkTo("reconciliation") };
  if (kind.startsWith("WEBHOOKS_") || kind === "EVENT_WITHOUT_OBJECT")
    return { text: "Open the deliveries", href: linkTo("deliveries", undefined, { source: source.id }) };
  if (QUARANTINING.test(kind))
    return { text: "Open the quarantine", href: linkTo("quarantine", undefined, { source: source.id }) };
  return { text: `Open ${source.id}`, href: linkTo("sources", source.id) };
}

/** The buttons of a finding: the run that can close it, and the page on which to look. */
export function FindingRemedy({ finding }: { readonly finding: RemediedFinding }) {
  const { session } = useApp();
  const { kind, source } = finding;
  const stream = valueOf(finding, "stream");
  const isFull = NEEDS_FULL.test(kind);
  const sync = useAction(async () => {
    const streams = stream === undefined ? {} : { streams: [stream] };
    const input = { sourceId: source.id, mode: isFull ? ("FULL" as const) : ("INCREMENTAL" as const), ...streams };
    await session.run(startSyncDocument, { input });
    return `A run of ${source.id} has started.`;
  });
  const { text, href } = placeOf(finding);
  return (
    <>
      {CLOSED_BY_SYNC.test(kind) && session.caller.value.scopes.has("sync") && (
        <button type="button" disabled={sync.isRunning} onClick={() => void sync.start()}>
          {isFull ? "Sync in full" : "Sync now"}
        </button>
      )}
      <a class="button" href={href}>
        {text}
      </a>
    </>
  );
}
