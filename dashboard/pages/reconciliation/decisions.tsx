import type { ComponentChildren } from "preact";
import { useState } from "preact/hooks";
import type { MatchDecisionsQuery } from "../../operations/__generated__/operations.ts";
import { matchDecisionsDocument, undoMatchDecisionDocument } from "../../operations/reconciliation.ts";
import { useApp } from "../../state/app-context.ts";
import { useAction } from "../../state/use-action.ts";
import { useQuery } from "../../state/use-query.ts";
import { Problem, State, Time } from "../../ui/elements.tsx";
import { Dialog, TextField } from "../../ui/form.tsx";
import { ItemLink } from "./item-link.tsx";
import { isMatchChange } from "./item.ts";

type Node = NonNullable<MatchDecisionsQuery["node"]>;
type Decision = Extract<Node, { readonly __typename: "Payout" | "BankTransaction" }>["matchDecisions"]["nodes"][number];

const KINDS: Readonly<Record<Decision["kind"], string>> = {
  MATCH: "Matched by hand",
  UNMATCH: "Declared not to belong together",
};

export interface DecisionsProps {
  /** Global id of the payout or bank transaction. */
  readonly id: string;
  readonly canDecide: boolean;
  /** Called after a decision was undone. */
  onChanged(): void;
}

/** What people have decided about an item, the newest first, with what was undone, and how to undo the others. */
export function Decisions({ id, canDecide, onChanged }: DecisionsProps) {
  const [after, setAfter] = useState<string | null>(null);
  const { data, error, reload } = useQuery(matchDecisionsDocument, { id, after }, { concerns: isMatchChange });
  const node = data?.node;
  const page =
    node?.__typename === "Payout" || node?.__typename === "BankTransaction" ? node.matchDecisions : undefined;
  if (error !== undefined) return <Problem text={error} retry={reload} />;
  if (page === undefined || (page.nodes.length === 0 && after === null)) return null;
  const { hasNextPage, endCursor } = page.pageInfo;
  return (
    <section aria-label="Decisions">
      <h3>Decisions</h3>
      <ol class="findings">
        {page.nodes.map((decision) => (
          <DecisionOf key={decision.id} id={id} decision={decision}>
            {canDecide && decision.undoneAt === null && (
              <UndoButton
                id={decision.id}
                onUndone={() => {
                  reload();
                  onChanged();
                }}
              />
            )}
          </DecisionOf>
        ))}
      </ol>
      {(after !== null || hasNextPage) && (
        <div class="actions">
          {after !== null && (
            <button type="button" class="small" onClick={() => setAfter(null)}>
              Newest decisions
            </button>
          )}
          {hasNextPage && (
            <button type="button" class="small" onClick={() => setAfter(endCursor)}>
              Older decisions
            </button>
          )}
        </div>
      )}
    </section>
  );
}

interface DecisionOfProps {
  readonly id: string;
  readonly decision: Decision;
  readonly children: ComponentChildren;
}

function DecisionOf({ id, decision, children }: DecisionOfProps) {
  const { kind, reason, decidedBy, decidedAt, payouts, bankTransactions, undoneBy, undoneAt } = decision;
  const others = [...payouts, ...bankTransactions].filter((one) => one.id !== id);
  return (
    <li>
      <p>
        {KINDS[kind]} {undoneAt === null ? <State tone="good">applies</State> : <State tone="idle">undone</State>}
      </p>
      <p class="wrap">{reason}</p>
      {others.length > 0 && (
        <p>
          With{" "}
          {others.map((one, index) => (
            <>
              {index > 0 && ", "}
              <ItemLink id={one.id} text={one.externalId} />
            </>
          ))}
        </p>
      )}
      <p class="hint">
        By {decidedBy} <Time at={decidedAt} />
        {undoneAt !== null && (
          <>
            ; undone by {undoneBy} <Time at={undoneAt} />
          </>
        )}
      </p>
      {children}
    </li>
  );
}

/** Undoes a decision, with a reason for the audit trail. */
function UndoButton({ id, onUndone }: { readonly id: string; readonly onUndone: () => void }) {
  const { session } = useApp();
  const [isOpen, setOpen] = useState(false);
  const [reason, setReason] = useState("");
  const undo = useAction(async () => {
    await session.run(undoMatchDecisionDocument, { id, reason });
    setReason("");
    setOpen(false);
    onUndone();
    return "Undone. It is matched by the facts again.";
  });
  return (
    <>
      <button type="button" class="small" onClick={() => setOpen(true)}>
        Undo…
      </button>
      <Dialog title="Undo the decision" isOpen={isOpen} confirm="Undo" action={undo} onClose={() => setOpen(false)}>
        <TextField label="Reason" value={reason} isRequired maxLength={500} onChange={setReason} />
        <p class="hint">
          Its objects are matched by the facts again. Your name stays with the decision, the reason in the audit trail.
        </p>
      </Dialog>
    </>
  );
}
