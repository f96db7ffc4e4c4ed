import { useEffect, useMemo } from "preact/hooks";
import type { StatementsQuery } from "../../operations/__generated__/operations.ts";
import { useApp } from "../../state/app-context.ts";
import { statementDaysDocument, statementsDocument } from "../../operations/money.ts";
import { formatMoney, isZero } from "../../format/money.ts";
import { dayOf, isWeekend } from "../../format/time.ts";
import { useQuery, useRead } from "../../state/use-query.ts";
import { linkTo, route, setParams } from "../../state/route.ts";
import { Details } from "../../ui/details.tsx";
import { Empty, Facts, Loading, Problem, SourceLink, words } from "../../ui/elements.tsx";
import { TextField } from "../../ui/form.tsx";
import {
  calendarOf,
  type CalendarDay,
  DAY_STATES,
  type DayState,
  type ListedStatement,
  stateOfStatement,
} from "./statement-calendar.ts";
import { TableBox } from "../../ui/table-box.tsx";

/** Pages of 100 statements that one month may have. */
const MAX_PAGES = 20;

/** The statements of a month: that of the statement that the address names, if it names no month. */
export function Statements() {
  const { id, params } = route.value;
  return id !== undefined && params["month"] === undefined ? <MonthOfStatement key={id} id={id} /> : <StatementMonth />;
}

function MonthOfStatement({ id }: { readonly id: string }) {
  const { now } = useApp();
  const { data, error, reload } = useQuery(statementDaysDocument, { id });
  const node = data?.node;
  const day = node?.__typename === "Statement" ? (node.lastDay ?? node.firstDay) : undefined;
  useEffect(() => {
    if (data !== undefined) setParams({ month: (day ?? dayOf(now.value)).slice(0, 7) });
  }, [data]);
  return error === undefined ? <Loading /> : <Problem text={error} retry={reload} />;
}

/** Accounts in rows, days in columns. */
function StatementMonth() {
  const { session, now } = useApp();
  const { id, params } = route.value;
  const month = /^\d{4}-\d{2}$/.test(params["month"] ?? "") ? String(params["month"]) : dayOf(now.value).slice(0, 7);
  const [first, last] = [`${month}-01`, lastDayOf(month)];
  async function read(signal: AbortSignal): Promise<readonly ListedStatement[]> {
    const all: ListedStatement[] = [];
    let after: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const { statements }: StatementsQuery = await session.run(
        statementsDocument,
        { from: first, to: last, after },
        signal,
      );
      all.push(...statements.nodes);
      if (!statements.pageInfo.hasNextPage) break;
      after = statements.pageInfo.endCursor;
    }
    return all;
  }
  const { data, error, reload } = useRead(`statements of ${month}`, read, {
    concerns: ({ entityType }) => entityType === "STATEMENT",
  });
  const rows = useMemo(() => calendarOf(data ?? [], first, last), [data, first, last]);
  const open = data?.find((statement) => statement.id === id);
  return (
    <>
      <div class="filters">
        <TextField label="Month" type="month" value={month} onChange={(value) => setParams({ month: value })} />
        <ul class="legend-list" aria-label="Signs">
          {(Object.keys(DAY_STATES) as DayState[]).map((state) => (
            <li key={state}>
              <span class={`day ${state}`} aria-hidden="true">
                {DAY_STATES[state].sign}
              </span>{" "}
              {DAY_STATES[state].text}
            </li>
          ))}
        </ul>
      </div>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data?.length === 0 && (
        <Empty title="No statement covers this month.">
          Upload one with <code>PUT /files/SOURCE</code>, or choose another month.
        </Empty>
      )}
      {rows.length > 0 && (
        <div class={`list-and-details ${open === undefined ? "" : "has-details"}`}>
          <TableBox label="Calendar of statements">
            <table class="calendar">
              <thead>
                <tr>
                  <th scope="col">Account</th>
                  {rows[0]?.days.map(({ day }) => (
                    <th scope="col" class={isWeekend(day) ? "weekend" : ""} key={day}>
                      {Number(day.slice(8))}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {rows.map((row) => (
                  <tr key={row.id}>
                    <th scope="row">
                      <span class="id">{row.name}</span> <span class="under">{row.currency}</span>
                    </th>
                    {row.days.map((day) => (
                      <td class={isWeekend(day.day) ? "weekend" : ""} key={day.day}>
                        <DayLink day={day} account={row.name} />
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </TableBox>
          {open !== undefined && <StatementDetails statement={open} />}
        </div>
      )}
    </>
  );
}

function lastDayOf(month: string): string {
  const [year = 0, number = 0] = month.split("-").map(Number);
  return dayOf(Date.UTC(year, number, 0));
}

function DayLink({ day, account }: { readonly day: CalendarDay; readonly account: string }) {
  const { state, statement } = day;
  if (state === undefined || statement === undefined) return null;
  const { sign, text } = DAY_STATES[state];
  return (
    <a
      class={`day ${state}`}
      href={linkTo("money", statement.id, route.value.params)}
      aria-label={`${account}, ${day.day}: ${text}`}
    >
      {sign}
    </a>
  );
}

function StatementDetails({ statement }: { readonly statement: ListedStatement }) {
  const { opening, closing, difference, links, entryCount, faultyCount } = statement;
  const previous = links.map(
    ({ state, difference: by }) =>
      `${words(state)}${by === null || isZero(by.amount) ? "" : `, differs by ${formatMoney(by)}`}`,
  );
  return (
    <Details title={`Statement of ${statement.firstDay ?? "an unknown day"}`}>
      <Facts
        facts={[
          ["Result", DAY_STATES[stateOfStatement(statement)].text],
          ["Account", <span class="wrap">{statement.account?.externalId ?? "not synced yet"}</span>],
          ["Number", statement.electronicSequence ?? statement.statementId],
          ["Days", `${statement.firstDay ?? "?"} to ${statement.lastDay ?? "?"}`],
          ["Opening balance", opening === null ? "none" : formatMoney(opening.money)],
          ["Closing balance", closing === null ? "none" : formatMoney(closing.money)],
          [
            "Does not close by",
            difference === null ? undefined : <strong class="alarm">{formatMoney(difference)}</strong>,
          ],
          ["After the previous one", previous.join("; ")],
          [
            "Entries",
            `${entryCount ?? "unknown"}${faultyCount === null || faultyCount === 0 ? "" : `, ${faultyCount} unreadable`}`,
          ],
          ["Source", <SourceLink id={statement.source.id} />],
        ]}
      />
    </Details>
  );
}
