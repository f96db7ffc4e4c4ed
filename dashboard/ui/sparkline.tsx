export interface SparklineProps {
  /** What the line is, for assistive technology. */
  readonly label: string;
  readonly values: readonly number[];
}

const WIDTH = 96;
const HEIGHT = 20;

/** The course of a number, without axes. */
export function Sparkline({ label, values }: SparklineProps) {
  if (values.length < 2) return <span class="none">—</span>;
  const max = Math.max(...values, 1);
  const x = (index: number): number => (index / (values.length - 1)) * WIDTH;
  const y = (value: number): number => HEIGHT - 1 - (value / max) * (HEIGHT - 2);
  const points = values.map((value, index) => `${x(index).toFixed(1)},${y(value).toFixed(1)}`).join(" ");
  return (
    <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      <polyline points={points} />
    </svg>
  );
}
