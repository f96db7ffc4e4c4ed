import type { PayoutsQuery } from "../../operations/__generated__/operations.ts";
import { payoutsDocument } from "../../operations/money.ts";
import { formatMoney } from "../../format/money.ts";
import { linkTo, route } from "../../state/route.ts";
import { useQuery } from "../../state/use-query.ts";
import { Empty, label, Loading, Problem, SourceLink, State, words } from "../../ui/elements.tsx";
import { SourceSelect } from "../../ui/source-select.tsx";
import { PROOF_TONES, RESULT_TONES } from "../reconciliation/item.ts";
import { TableBox } from "../../ui/table-box.tsx";

type ListedPayout = PayoutsQuery["payouts"]["nodes"][number];

const LISTED = 100;
const CONCERNING = new Set(["PAYOUT", "BANK_TRANSACTION"]);

/** The newest payouts, whatever their status. What each consists of, and where it arrived, is on the page Reconciliation. */
export function Payouts() {
  const { source } = route.value.params;
  const filter = source === undefined ? {} : { sourceIds: [source] };
  const { data, error, reload } = useQuery(
    payoutsDocument,
    { first: LISTED, filter },
    {
      concerns: ({ __typename: type, entityType }) =>
        type === "PayoutMatchChanged" || (entityType !== undefined && CONCERNING.has(entityType)),
    },
  );
  const payouts = data?.payouts.nodes ?? [];
  return (
    <>
      <div class="filters">
        <SourceSelect />
        <a href={linkTo("reconciliation", undefined, { source })}>What has not arrived</a>
      </div>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data !== undefined && payouts.length === 0 && (
        <Empty title="No payouts match.">They appear with the first sync of a payment processor.</Empty>
      )}
      {payouts.length > 0 && (
        <TableBox label="Table of payouts">
          <table class="dense">
            <thead>
              <tr>
                <th scope="col">Payout</th>
                <th scope="col" class="number">
                  Amount
                </th>
                <th scope="col">Status</th>
                <th scope="col">Arrives</th>
                <th scope="col">Made of</th>
                <th scope="col">At the bank</th>
                <th scope="col">Source</th>
              </tr>
            </thead>
            <tbody>
              {payouts.map((payout) => (
                <PayoutRow key={payout.id} payout={payout} />
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
    </>
  );
}

function PayoutRow({ payout }: { readonly payout: ListedPayout }) {
  const { id, externalId, amount, status, failureReason, arrivalDate, proof, reconciliation } = payout;
  return (
    <tr>
      <th scope="row">
        <a class="id" href={linkTo("reconciliation", id, { result: "all" })}>
          {externalId}
        </a>
      </th>
      <td class="number">{amount === null ? "unknown" : formatMoney(amount)}</td>
      <td>
        {status === null ? "unknown" : label(status)}
        {failureReason !== null && `: ${failureReason}`}
      </td>
      <td>{arrivalDate ?? <span class="none">—</span>}</td>
      <td>
        {proof === null ? (
          <span class="none">—</span>
        ) : (
          <State tone={PROOF_TONES[proof.state]}>{words(proof.state)}</State>
        )}
      </td>
      <td>
        {reconciliation === null ? (
          <span class="none">—</span>
        ) : (
          <State tone={RESULT_TONES[reconciliation.state]}>{words(reconciliation.state)}</State>
        )}
      </td>
      <td>
        <SourceLink id={payout.source.id} />
      </td>
    </tr>
  );
}
