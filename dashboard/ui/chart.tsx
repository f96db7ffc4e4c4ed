import { useEffect, useRef } from "preact/hooks";
import type uPlot from "uplot";

export interface ChartProps {
  readonly label: string;
  /** Names of the lines, in the order of the data. */
  readonly lines: readonly { readonly label: string; readonly color: string }[];
  /** Epoch seconds, then the values of each line. */
  readonly data: readonly (readonly number[])[];
  readonly height?: number;
  /** Length of the time that is displayed, up to the last value. */
  readonly seconds: number;
}

/** A chart over time. Its code is loaded when the first one is displayed. */
export function Chart({ label, lines, data, seconds, height = 120 }: ChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const chart = useRef<uPlot>(undefined);
  const latest = useRef(data);
  latest.current = data;
  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    let isClosed = false;
    const observer = new ResizeObserver(() => chart.current?.setSize({ width: element.clientWidth, height }));
    import("./uplot.ts").then(
      ({ createChart }) => {
        if (isClosed) return;
        chart.current = createChart({ element, lines, height, seconds, data: latest.current });
        observer.observe(element);
      },
      () => element.replaceChildren("The chart could not be loaded."),
    );
    return () => {
      isClosed = true;
      observer.disconnect();
      chart.current?.destroy();
      chart.current = undefined;
    };
  }, []);
  useEffect(() => chart.current?.setData(data as uPlot.AlignedData), [data]);
  return (
    <figure class="chart">
      <figcaption>
        {label}
        {lines.map(({ label: name, color }) => (
          <span class="legend" style={{ "--swatch": `var(${color})` }} key={name}>
            {name}
          </span>
        ))}
      </figcaption>
      <div ref={place} role="img" aria-label={label} style={{ height: `${height}px` }} />
    </figure>
  );
}
