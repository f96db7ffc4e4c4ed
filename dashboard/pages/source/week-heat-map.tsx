import type { WeekDay } from "./week-hours.ts";

export interface WeekHeatMapProps {
  readonly title: string;
  readonly days: readonly WeekDay[];
  readonly pick: (day: WeekDay) => readonly (number | undefined)[];
  /** Number that has the strongest colour. */
  readonly most: number;
}

/** Steps of the colour. */
const STEPS = 4;

/** A week as days and hours in UTC: the darker an hour, the more was received in it. */
export function WeekHeatMap({ title, days, pick, most }: WeekHeatMapProps) {
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
              {pick(day).map((count, hour) => (
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

const textOf = (count: number | undefined): string =>
  count === undefined ? "none yet" : String(Math.round(count * 10) / 10);

function stepOf(count: number | undefined, most: number): number | "none" {
  if (count === undefined) return "none";
  return most === 0 ? 0 : Math.ceil((count / most) * STEPS);
}
