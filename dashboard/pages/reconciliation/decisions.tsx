import { useState } from "preact/hooks";
import type { MatchDecisionsQuery } from "../../operations/__generated__/operations.ts";
import { matchDecisionsDocument } from "../../operations/reconciliation.ts";
import { useQuery } from "../../state/use-query.ts";
import { Problem, State, Time } from "../../ui/elements.tsx";
import { ItemLink } from "./item-link.tsx";
import { isMatchChange } from "./item.ts";

type Node = NonNullable<MatchDecisionsQuery["node"]>;
type Decision = Extract<Node, { readonly __typename: "Payout" | "BankTransaction" }>["matchDecisions"]["nodes"][number];

const KINDS: Readonly<Record<Decision["kind"], string>> = {
  MATCH: "Matched by hand",
  UNMATCH: "Declared not to belong together",
};

/** What people have decided about an item, the newest first, with what was undone. */
export function Decisions({ id }: { readonly id: string }) {
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
          <DecisionOf key={decision.id} id={id} decision={decision} />
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

function DecisionOf({ id, decision }: { readonly id: string; readonly decision: Decision }) {
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
    </li>
  );
}
