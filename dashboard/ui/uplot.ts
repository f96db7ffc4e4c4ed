import uPlot from "uplot";
import "uplot/dist/uPlot.min.css";

export interface ChartInput {
  readonly element: HTMLElement;
  readonly lines: readonly { readonly label: string; readonly color: string }[];
  readonly data: readonly (readonly number[])[];
  readonly height: number;
  readonly seconds: number;
}

/** Draws a chart with the colours of the page, which follow the light or dark scheme at its creation. */
export function createChart({ element, lines, data, height, seconds }: ChartInput): uPlot {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  const axis = {
    stroke: style.color,
    grid: { stroke: resolved(element, color("--line")), width: 1 },
    ticks: { show: false },
    font: `11px ${style.fontFamily}`,
  };
  const options: uPlot.Options = {
    width: element.clientWidth,
    height,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 16, 0, 0],
    scales: {
      x: { range: (_chart, _min, max) => [(max ?? 0) - seconds, max ?? 0] },
      y: { range: (_chart, _min, max) => [0, Math.max(max ?? 0, 4) * 1.05] },
    },
    axes: [
      {
        ...axis,
        space: 80,
        size: 24,
        incrs: [15, 30, 60, 600, 900, 1_800],
        splits: (_chart, _axis, min, max, step) => splitsFrom(min, max, step),
        values: (chart, splits) => splits.map((split) => ago(chart, split)),
      },
      { ...axis, space: 28, size: 44, values: (_chart, splits) => splits.map((split) => String(split)) },
    ],
    series: [
      {},
      ...lines.map(({ label, color: name }) => {
        const stroke = resolved(element, color(name));
        return { label, stroke, width: 1.5, points: { show: false } };
      }),
    ],
  };
  return new uPlot(options, data as uPlot.AlignedData, element);
}

/** Returns the places of the labels, a step apart, counted from the end: it is the present, and moves. */
function splitsFrom(min: number, max: number, step: number): number[] {
  return Array.from({ length: Math.floor((max - min) / step) + 1 }, (_, index) => max - index * step).toReversed();
}

/** How long before the end of the chart a time is. */
function ago(chart: uPlot, at: number): string {
  const seconds = Math.round((chart.scales["x"]?.max ?? at) - at);
  if (seconds === 0) return "now";
  return seconds % 60 === 0 ? `−${seconds / 60} min` : `−${seconds} s`;
}

/** A canvas does not know `light-dark()`: the colour as the browser computes it. */
function resolved(element: HTMLElement, value: string): string {
  const probe = document.createElement("span");
  probe.style.color = value;
  element.append(probe);
  const computed = getComputedStyle(probe).color;
  probe.remove();
  return computed;
}
