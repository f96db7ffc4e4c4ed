import { useState } from "preact/hooks";
import { payoutRoutesDocument, removePayoutRouteDocument } from "../../../operations/payout-routes.ts";
import { sourceNamesDocument } from "../../../operations/sources.ts";
import { useApp } from "../../../state/app-context.ts";
import { linkTo, route as place } from "../../../state/route.ts";
import { useAction } from "../../../state/use-action.ts";
import { useQuery } from "../../../state/use-query.ts";
import { Empty, Loading, Problem, SourceLink, Time, words } from "../../../ui/elements.tsx";
import { Dialog } from "../../../ui/form.tsx";
import { TableBox } from "../../../ui/table-box.tsx";
import { RouteDialog } from "./route-dialog.tsx";
import { EMPTY_ROUTE, feeText, formOf, type PayoutRoute } from "./route-form.ts";

/** A change of another person comes without an event. */
const EVERY_MS = 10_000;

/** Where payouts arrive, and what is usual there; an admin declares, changes and removes routes. */
export function Routes() {
  const { session } = useApp();
  const mayChange = session.caller.value.scopes.has("admin");
  const { data, error, reload } = useQuery(payoutRoutesDocument, {}, { everyMs: EVERY_MS });
  const { data: names } = useQuery(sourceNamesDocument, {});
  const sources = (names?.sources.nodes ?? []).map(({ id }) => id).toSorted();
  /** The route that is changed; `new` for another one. */
  const [edited, setEdited] = useState<PayoutRoute | "new">();
  const routes = data?.payoutRoutes ?? [];
  return (
    <>
      <p class="introduction">
        A route states to which bank account payouts go and what is usual there. The first one of this order that fits a
        payout applies.
      </p>
      {mayChange && (
        <div class="filters">
          <button type="button" class="primary" onClick={() => setEdited("new")}>
            New route…
          </button>
        </div>
      )}
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data !== undefined && routes.length === 0 && (
        <Empty title="No route is declared.">
          Payouts are matched with the transactions of every bank, and 5 business days are usual.{" "}
          {mayChange
            ? "Declare a route where a bank takes a fee, converts the currency, or needs other days."
            : "A token with the scope admin can declare routes."}
        </Empty>
      )}
      {routes.length > 0 && (
        <TableBox label="Table of routes">
          <table class="dense">
            <thead>
              <tr>
                <th scope="col">Route</th>
                <th scope="col">Payouts of</th>
                <th scope="col">Arrive at</th>
                <th scope="col">Usual days</th>
                <th scope="col">Names</th>
                <th scope="col">Fee</th>
                <th scope="col">Exchange</th>
                <th scope="col">Declared in</th>
                {mayChange && <th scope="col">Actions</th>}
              </tr>
            </thead>
            <tbody>
              {routes.map((route) => (
                <RouteRow
                  key={route.id}
                  route={route}
                  mayChange={mayChange}
                  onEdit={() => setEdited(route)}
                  reload={reload}
                />
              ))}
            </tbody>
          </table>
        </TableBox>
      )}
      {edited !== undefined && (
        <RouteDialog
          initial={edited === "new" ? EMPTY_ROUTE : formOf(edited)}
          isNew={edited === "new"}
          sources={sources}
          onClose={() => setEdited(undefined)}
          onStored={reload}
        />
      )}
    </>
  );
}

interface RouteRowProps {
  readonly route: PayoutRoute;
  readonly mayChange: boolean;
  onEdit(): void;
  reload(): void;
}

function RouteRow({ route, mayChange, onEdit, reload }: RouteRowProps) {
  const { id, usualDays, holidays, names, exchangeCurrency, exchangeRounding } = route;
  const isOfFile = route.origin === "SETTINGS_FILE";
  return (
    <tr class={place.value.id === id ? "open" : ""}>
      <th scope="row">{id}</th>
      <td>
        <SourceLink id={route.fromSourceId} />
        <span class="under block wrap">
          {[route.fromCurrency ?? "all currencies", route.fromAccount ?? "all accounts"].join(", ")}
        </span>
      </td>
      <td>
        <SourceLink id={route.toSourceId} />
        <span class="under block wrap">{route.toAccount ?? "all accounts"}</span>
      </td>
      <td>
        {usualDays} business {usualDays === 1 ? "day" : "days"}
        {holidays.length > 0 && (
          <span class="under block" title={holidays.join(", ")}>
            {holidays.length} {holidays.length === 1 ? "holiday" : "holidays"}
          </span>
        )}
      </td>
      <td class="wrap">{names.length === 0 ? <span class="none">any</span> : names.join(" · ")}</td>
      <td>{feeText(route) || <span class="none">none</span>}</td>
      <td>
        {exchangeCurrency === null ? (
          <span class="none">none</span>
        ) : (
          `into ${exchangeCurrency}, ${words(exchangeRounding ?? "")}`
        )}
      </td>
      <td>
        {isOfFile ? (
          "the settings file"
        ) : (
          <>
            the graph{" "}
            <span class="under block">
              {route.declaredBy}, <Time at={route.changedAt} />
            </span>
          </>
        )}
      </td>
      {mayChange && (
        <td>
          {isOfFile ? (
            <span class="under">changed in the file</span>
          ) : (
            <RouteActions route={route} onEdit={onEdit} reload={reload} />
          )}
        </td>
      )}
    </tr>
  );
}

function RouteActions({ route: { id }, onEdit, reload }: Omit<RouteRowProps, "mayChange">) {
  const { session } = useApp();
  const [isRemoving, setRemoving] = useState(false);
  const remove = useAction(async () => {
    await session.run(removePayoutRouteDocument, { id });
    setRemoving(false);
    reload();
    return `The route ${id} is removed. Everything is matched again in the background.`;
  });
  return (
    <div class="actions" role="group" aria-label={`Actions for ${id}`}>
      <button type="button" class="small" onClick={onEdit}>
        Change…
      </button>
      <button type="button" class="small" onClick={() => setRemoving(true)}>
        Remove…
      </button>
      <Dialog
        title={`Remove the route ${id}`}
        isOpen={isRemoving}
        confirm="Remove"
        action={remove}
        onClose={() => setRemoving(false)}
      >
        <p>
          Its payouts are matched again, by the next route that fits or without one. Decisions of people stay. The{" "}
          <a href={linkTo("reconciliation", undefined, { tab: "audit", action: "removePayoutRoute" })}>audit trail</a>{" "}
          keeps what it was.
        </p>
      </Dialog>
    </div>
  );
}
