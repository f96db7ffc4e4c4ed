import { useState } from "preact/hooks";
import { useApp } from "../../state/app-context.ts";
import type { DeliveryQuery } from "../../operations/__generated__/operations.ts";
import { deliveryDocument, discardDeliveryDocument, replayDeliveryDocument } from "../../operations/deliveries.ts";
import { useAction } from "../../state/use-action.ts";
import { useQuery } from "../../state/use-query.ts";
import { Bytes } from "../../ui/bytes.tsx";
import { Details } from "../../ui/details.tsx";
import { DiscardDialog } from "../../ui/discard-dialog.tsx";
import { Facts, label, Loading, Problem, SourceLink, State, Time, words } from "../../ui/elements.tsx";
import { DISCARD_EFFECT } from "./bulk-actions.ts";
import { DELIVERY_TONES } from "./delivery-tones.ts";

type Delivery = NonNullable<DeliveryQuery["delivery"]>;

export function DeliveryDetails({ id, onChanged }: { readonly id: string; readonly onChanged: () => void }) {
  const { session } = useApp();
  const withBody = session.caller.value.scopes.has("admin");
  const { data, error, reload } = useQuery(
    deliveryDocument,
    { id, withBody },
    { concerns: ({ delivery }) => delivery?.id === id, everyMs: 5_000 },
  );
  const delivery = data?.delivery;
  const changed = (): void => {
    reload();
    onChanged();
  };
  return (
    <Details title={delivery?.eventType ?? "Delivery"}>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {delivery === undefined && error === undefined && <Loading />}
      {delivery === null && <p>This delivery no longer exists.</p>}
      {delivery !== null && delivery !== undefined && (
        <>
          <DeliveryFacts delivery={delivery} />
          {session.caller.value.scopes.has("sync") && <DeliveryActions delivery={delivery} onChanged={changed} />}
          <History delivery={delivery} />
          <h3>Bytes</h3>
          {!withBody && <p class="hint">A token with the scope admin displays them.</p>}
          {withBody && typeof delivery.body === "string" && (
            <Bytes text={delivery.body} path={placeIn(delivery.errorMessage)} />
          )}
          {withBody && typeof delivery.body !== "string" && <p class="hint">They are no longer kept.</p>}
        </>
      )}
    </Details>
  );
}

/** The JSON pointer that an error names, if it names one. */
const placeIn = (message: string | null): string => /(?:^|[\s"(])(\/[\w~/.-]+)/.exec(message ?? "")?.[1] ?? "";

function DeliveryFacts({ delivery }: { readonly delivery: Delivery }) {
  const { verification } = delivery;
  return (
    <Facts
      facts={[
        ["Status", <State tone={DELIVERY_TONES[delivery.status]}>{label(delivery.status)}</State>],
        ["Error", delivery.errorCode === null ? undefined : `${delivery.errorCode}: ${delivery.errorMessage ?? ""}`],
        ["Source", <SourceLink id={delivery.source.id} />],
        ["Received", <Time at={delivery.receivedAt} />],
        [
          "Next attempt",
          delivery.nextAttemptAt === null || delivery.status !== "PENDING" ? undefined : (
            <Time at={delivery.nextAttemptAt} />
          ),
        ],
        ["Finished", delivery.finishedAt === null ? undefined : <Time at={delivery.finishedAt} />],
        ["Key", <code class="wrap">{delivery.deliveryKey}</code>],
        [
          "Signature",
          verification === null
            ? undefined
            : `${verification.scheme}${verification.key === null ? "" : `, ${verification.key}`}`,
        ],
        [
          "Discarded",
          delivery.discardReason === null
            ? undefined
            : `${delivery.discardReason} (${delivery.discardedBy ?? "unknown"})`,
        ],
        [
          "Effects",
          delivery.effects
            .map(({ kind, entityType, stream }) => `${words(kind)} ${words(entityType ?? stream ?? "")}`)
            .join(", "),
        ],
        [
          "Conflicts",
          delivery.conflicts.length === 0
            ? undefined
            : `${delivery.conflicts.length} calls with the same key and other bytes`,
        ],
      ]}
    />
  );
}

function DeliveryActions({ delivery, onChanged }: { readonly delivery: Delivery; readonly onChanged: () => void }) {
  const { session } = useApp();
  const [isDiscarding, setDiscarding] = useState(false);
  const { id, status } = delivery;
  const replay = useAction(async () => {
    await session.run(replayDeliveryDocument, { id });
    onChanged();
    return "The delivery is applied again.";
  });
  return (
    <div class="actions">
      <button
        type="button"
        class="primary"
        disabled={replay.isRunning || status === "PENDING"}
        onClick={() => void replay.start()}
      >
        Replay
      </button>
      <button
        type="button"
        disabled={status === "APPLIED" || status === "DISCARDED"}
        onClick={() => setDiscarding(true)}
      >
        Discard…
      </button>
      <DiscardDialog
        what="the delivery"
        effect={DISCARD_EFFECT}
        isOpen={isDiscarding}
        onClose={() => setDiscarding(false)}
        run={async (reason) => {
          await session.run(discardDeliveryDocument, { id, reason });
          setDiscarding(false);
          onChanged();
          return "The delivery is discarded. A replay reverses that.";
        }}
      />
    </div>
  );
}

function History({ delivery }: { readonly delivery: Delivery }) {
  if (delivery.history.length === 0) return null;
  return (
    <>
      <h3>Attempts</h3>
      <ol class="history">
        {delivery.history.map(({ number, at, outcome, errorCode, errorMessage }) => (
          <li key={number}>
            <Time at={at} /> {words(outcome)}
            {errorCode !== null && ` · ${errorCode}: ${errorMessage ?? ""}`}
          </li>
        ))}
      </ol>
    </>
  );
}
