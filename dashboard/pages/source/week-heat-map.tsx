import type { WeekDay } from "./week-hours.ts";

export interface WeekHeatMapProps {
  readonly title: string;
  readonly days: readonly WeekDay[];
  /** What an hour without a number says. */
  readonly none: string;
}

/** Steps of the colour. */
const STEPS = 4;

/** A week as days and hours in UTC: the darker an hour, the larger its share of the largest number. */
export function WeekHeatMap({ title, days, none }: WeekHeatMapProps) {
  const most = Math.max(...days.flatMap(({ hours }) => hours).map((count) => count ?? 0));
  const textOf = (count: number | undefined): string =>
    count === undefined ? none : String(Math.round(count * 10) / 10);
  return (
    <figure class="heat">
      <figcaption>{title}, by hour (UTC)</figcaption>
      <table>
        <thead>
          <tr>
            <td />
            {Array.from({ length: 24 }, (_, hour) => (
              <th scope="col" key={hour}>
                {hour % 6 === 0 ? hour : <span class="hidden">{hour}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {days.map((day) => (
            <tr key={day.name}>
              <th scope="row">{day.name}</th>
              {day.hours.map((count, hour) => (
                <td key={hour} class={`step-${stepOf(count, most)}`} title={`${day.name} ${hour}:00, ${textOf(count)}`}>
                  <span class="hidden">{textOf(count)}</span>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </figure>
  );
}

function stepOf(count: number | undefined, most: number): number | "none" {
  if (count === undefined) return "none";
  return most === 0 ? 0 : Math.ceil((count / most) * STEPS);
}
