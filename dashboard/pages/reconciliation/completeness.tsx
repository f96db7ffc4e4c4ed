import { useState } from "preact/hooks";
import type { ComparedDaysQuery, ComparedDaysQueryVariables } from "../../operations/__generated__/operations.ts";
import { comparedDaysDocument } from "../../operations/completeness.ts";
import { sourceNamesDocument } from "../../operations/sources.ts";
import { dayOf, daysBetween, isWeekend } from "../../format/time.ts";
import { useApp } from "../../state/app-context.ts";
import { linkTo, route, setParams } from "../../state/route.ts";
import { useQuery, useRead } from "../../state/use-query.ts";
import { Empty, Loading, Problem } from "../../ui/elements.tsx";
import { Select, TextField } from "../../ui/form.tsx";
import { TableBox } from "../../ui/table-box.tsx";
import { CompareDialog } from "./compare-dialog.tsx";
import { COMPARED_STATES, type ComparedDay, type ComparedRow, keyOf, rowsOf } from "./compared-day-calendar.ts";
import { ComparedDayDetails } from "./compared-day-details.tsx";
import { Differences } from "./differences.tsx";

/** Pages of 100 results that one month may have. */
const MAX_PAGES = 20;
/** No object was created before it: of the results before it only that of objects without a time is left. */
const FIRST_TIME = "1970-01-01";

type Page = NonNullable<ComparedDaysQuery["source"]>["completeness"];

/** The results of comparing a source's objects with ours: streams in rows, days in columns. */
export function Completeness() {
  const { data, error, reload } = useQuery(sourceNamesDocument, {});
  if (error !== undefined) return <Problem text={error} retry={reload} />;
  if (data === undefined) return <Loading />;
  const ids = data.sources.nodes.map(({ id }) => id).toSorted();
  const { source = ids[0] } = route.value.params;
  if (source === undefined) return <Empty title="There is no source.">Connect one; its days appear here.</Empty>;
  return <SourceDays key={source} source={source} sources={ids} />;
}

interface SourceDaysProps {
  readonly source: string;
  readonly sources: readonly string[];
}

function SourceDays({ source, sources }: SourceDaysProps) {
  const { session, now } = useApp();
  const { id, params } = route.value;
  const [isComparing, setComparing] = useState(false);
  const month = /^\d{4}-\d{2}$/.test(params["month"] ?? "") ? String(params["month"]) : dayOf(now.value).slice(0, 7);
  const [year = 0, number = 0] = month.split("-").map(Number);
  const [first, last, end] = [`${month}-01`, dayOf(Date.UTC(year, number, 0)), dayOf(Date.UTC(year, number, 1))];
  async function read(signal: AbortSignal): Promise<readonly ComparedDay[]> {
    const undated = await readPage({ id: source, from: null, to: FIRST_TIME, after: null }, signal);
    const all = [...(undated?.nodes ?? [])];
    let after: string | null = null;
    for (let page = 0; page < MAX_PAGES; page += 1) {
      const found: Page | undefined = await readPage({ id: source, from: first, to: end, after }, signal);
      all.push(...(found?.nodes ?? []));
      if (found?.pageInfo.hasNextPage !== true) break;
      after = found.pageInfo.endCursor;
    }
    return all;
  }
  async function readPage(variables: ComparedDaysQueryVariables, signal: AbortSignal): Promise<Page | undefined> {
    return (await session.run(comparedDaysDocument, variables, signal)).source?.completeness;
  }
  const { data, error, reload } = useRead(`compared days of ${source} in ${month}`, read, {
    concerns: ({ __typename: type, source: about }) => type === "RunFinished" && about?.id === source,
  });
  const open = data?.find((one) => keyOf(one) === id);
  const canCompare = session.caller.value.scopes.has("sync");
  return (
    <>
      <div class="filters">
        <Select
          label="Source"
          value={source}
          options={sources.map((one) => [one, one] as const)}
          onChange={(value) => setParams({ source: value, after: undefined })}
        />
        <TextField label="Month" type="month" value={month} onChange={(value) => setParams({ month: value })} />
        {canCompare && (
          <button type="button" onClick={() => setComparing(true)}>
            Compare…
          </button>
        )}
        <Legend />
      </div>
      {error !== undefined && <Problem text={error} retry={reload} />}
      {data === undefined && error === undefined && <Loading />}
      {data?.every(({ day }) => day === null) === true && (
        <Empty title="No day of this month was compared.">
          A source that is polled is compared once a day.{" "}
          {canCompare ? "Compare it now, or choose another month." : "Choose another month."}
        </Empty>
      )}
      {data !== undefined && data.length > 0 && (
        <div class={`list-and-details ${open === undefined ? "" : "has-details"}`}>
          <Calendar rows={rowsOf(data, daysBetween(first, last))} days={daysBetween(first, last)} />
          {open !== undefined && <ComparedDayDetails result={open} />}
        </div>
      )}
      <Differences source={source} />
      <CompareDialog source={source} isOpen={isComparing} onClose={() => setComparing(false)} />
    </>
  );
}

const Legend = () => (
  <ul class="legend-list" aria-label="Signs">
    {Object.values(COMPARED_STATES).map(({ sign, style, text }) => (
      <li key={text}>
        <span class={`day ${style}`} aria-hidden="true">
          {sign}
        </span>{" "}
        {text}
      </li>
    ))}
  </ul>
);

interface CalendarProps {
  readonly rows: readonly ComparedRow[];
  readonly days: readonly string[];
}

function Calendar({ rows, days }: CalendarProps) {
  const hasUndated = rows.some(({ undated }) => undated !== undefined);
  return (
    <TableBox label="Calendar of comparisons">
      <table class="calendar">
        <thead>
          <tr>
            <th scope="col">Stream</th>
            {days.map((day) => (
              <th scope="col" class={isWeekend(day) ? "weekend" : ""} key={day}>
                {Number(day.slice(8))}
              </th>
            ))}
            {hasUndated && <th scope="col">Undated</th>}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.stream}>
              <th scope="row">
                <span class="id">{row.stream}</span>
              </th>
              {row.days.map((result, index) => (
                <td class={isWeekend(days[index] ?? "") ? "weekend" : ""} key={days[index]}>
                  {result !== undefined && <DayLink result={result} />}
                </td>
              ))}
              {hasUndated && <td>{row.undated !== undefined && <DayLink result={row.undated} />}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </TableBox>
  );
}

function DayLink({ result }: { readonly result: ComparedDay }) {
  const { sign, style, text } = COMPARED_STATES[result.state];
  return (
    <a
      class={`day ${style}`}
      href={linkTo("reconciliation", keyOf(result), route.value.params)}
      aria-label={`${result.stream}, ${result.day ?? "undated"}: ${text}`}
    >
      {sign}
    </a>
  );
}
