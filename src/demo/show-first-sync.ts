import { ERASE_LINE, linesUp, type Screen, seconds } from "./screen.ts";

/** How far the first sync of one source is. */
export interface SourceSync {
  readonly sourceId: string;
  /** `synced`: it was synced before this start. `waiting`: it has not begun, or stands still, see `reason`. */
  readonly state: "synced" | "waiting" | "reading" | "succeeded" | "failed" | "canceled";
  readonly records: number;
  /** Number of files that are stored; a source of files has no other records. */
  readonly files: number;
  /** 0 to 1; undefined: the upstream gives no way to know. */
  readonly share: number | undefined;
  readonly elapsedMs: number;
  readonly reason: string | undefined;
}

const BAR_CELLS = 24;
/** Where lines are not redrawn, a source has a new one after so much progress. */
const LINE_EVERY_PERCENT = 25;

/**
 * Shows the first sync of all sources until each of them has ended: on a terminal one bar per source, redrawn in place,
 * elsewhere a line for each change of state and now and then. If all sources were synced before, only says so.
 * @param syncs states of all sources, again and again
 */
export async function showFirstSync(syncs: AsyncIterable<readonly SourceSync[]>, screen: Screen): Promise<void> {
  const draw = screen.isTTY === true ? redrawn(screen) : appended(screen);
  let isFirst = true;
  for await (const sources of syncs) {
    if (isFirst && sources.every(({ state }) => state === "synced")) {
      screen.write(`  Already synced: ${sources.map(({ sourceId }) => sourceId).join(", ")}.\n`);
      return;
    }
    if (isFirst) screen.write("  First sync:\n\n");
    isFirst = false;
    draw(sources);
    if (sources.every(hasEnded)) return;
  }
}

function hasEnded({ state }: SourceSync): boolean {
  return state !== "waiting" && state !== "reading";
}

/** Draws a block of lines over the previous one. */
function redrawn(screen: Screen): (sources: readonly SourceSync[]) => void {
  let drawn = 0;
  return (sources) => {
    const width = Math.max(...sources.map(({ sourceId }) => sourceId.length));
    const lines = sources.map((source) => shortened(barLine(source, width), screen.columns));
    const up = drawn === 0 ? "" : linesUp(drawn);
    drawn = lines.length;
    screen.write(up + lines.map((line) => `${ERASE_LINE}${line}\n`).join(""));
  };
}

/** A line that the terminal would break in two could not be drawn over. */
function shortened(line: string, columns: number | undefined): string {
  return columns === undefined || line.length < columns ? line : `${line.slice(0, columns - 2)}…`;
}

function barLine(source: SourceSync, width: number): string {
  const { sourceId, state, share, elapsedMs } = source;
  const name = `  ${sourceId.padEnd(width)}  `;
  if (state === "synced") return `${name}already synced`;
  const displayed = state === "succeeded" ? 1 : share;
  const full = Math.round((displayed ?? 0) * BAR_CELLS);
  const bar = `[${"#".repeat(full)}${".".repeat(BAR_CELLS - full)}]`;
  const figures = `${percent(displayed).padStart(5)}  ${amount(source).padStart(14)}  ${seconds(elapsedMs).padStart(7)}`;
  return `${name}${bar} ${figures}  ${words(source)}`;
}

/** Writes a line for each source that is in another state, or much further, than in its previous line. */
function appended(screen: Screen): (sources: readonly SourceSync[]) => void {
  const written = new Map<string, string>();
  return (sources) => {
    for (const source of sources) {
      const step = Math.floor(((source.share ?? 0) * 100) / LINE_EVERY_PERCENT);
      const key = hasEnded(source) ? words(source) : `${words(source)} ${step}`;
      if (written.get(source.sourceId) === key) continue;
      written.set(source.sourceId, key);
      screen.write(`  ${source.sourceId}: ${plainLine(source)}\n`);
    }
  };
}

function plainLine(source: SourceSync): string {
  const { state, share, elapsedMs } = source;
  if (state === "synced" || (state === "waiting" && share === undefined)) return words(source);
  if (state === "succeeded") return `done, ${amount(source)} in ${seconds(elapsedMs)}`;
  return [words(source), percent(share), amount(source), seconds(elapsedMs)].filter((part) => part !== "").join(", ");
}

/** The state in words, with its reason. */
function words({ state, reason }: SourceSync): string {
  const because = reason === undefined ? "" : `: ${reason}`;
  switch (state) {
    case "synced":
      return "already synced";
    case "waiting":
      return `waiting${because}`;
    case "reading":
      return "reading";
    case "succeeded":
      return "done";
    case "failed":
      return `failed${because}`;
    case "canceled":
      return "canceled";
  }
}

const percent = (share: number | undefined): string => (share === undefined ? "" : `${Math.floor(share * 100)} %`);
const amount = ({ records, files }: SourceSync): string =>
  files > 0 ? `${files.toLocaleString("en")} files` : `${records.toLocaleString("en")} records`;
