import type { StreamItem } from "../events/stream-item.ts";

/** Where progress is shown: `process.stdout`, or what a test gives. */
export interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

interface StreamProgress {
  readonly records: number;
  readonly progress: number;
}

const BAR_CELLS = 24;

/**
 * Shows the first run of an event stream until it ends: one bar that moves on a terminal, a line now and then
 * elsewhere. `streams` is how many streams a run has.
 */
export async function showFirstSync(
  items: AsyncIterable<StreamItem>,
  options: { readonly streams: number; readonly screen: Screen; readonly nowMs: () => number },
): Promise<void> {
  const { screen, streams, nowMs } = options;
  const byStream = new Map<string, StreamProgress>();
  const startedAtMs = nowMs();
  let runId: string | undefined;
  let shownPercent = -1;

  function show(done: boolean): void {
    const states = [...byStream.values()];
    const records = states.reduce((sum, state) => sum + state.records, 0);
    const share = done ? 1 : states.reduce((sum, state) => sum + state.progress, 0) / streams;
    const percent = Math.floor(share * 100);
    const text = `syncing ${bar(share)} ${String(percent).padStart(3)} %  ${records.toLocaleString("en")} records`;
    if (screen.isTTY === true) screen.write(`\r${text}${done ? ` in ${seconds(nowMs() - startedAtMs)}\n` : ""}`);
    else if (done || percent >= shownPercent + 10) {
      screen.write(`${text}${done ? ` in ${seconds(nowMs() - startedAtMs)}` : ""}\n`);
      shownPercent = percent;
    }
  }

  for await (const item of items) {
    if (item.type !== "event") continue;
    const { body } = item.event;
    // A run that an earlier process began goes on without a start: the first one heard of is the one.
    if ("runId" in body) runId ??= body.runId;
    if (body.kind === "RunProgressed" && body.runId === runId) {
      byStream.set(body.stream, { records: body.records, progress: body.progress ?? 0 });
      show(false);
    } else if (body.kind === "RunFinished" && body.runId === runId) {
      show(body.status === "SUCCEEDED");
      if (body.status !== "SUCCEEDED") screen.write(`the sync ${body.status.toLowerCase()}: ask \`syncRuns\` why\n`);
      return;
    }
  }
}

function bar(share: number): string {
  const full = Math.round(share * BAR_CELLS);
  return `[${"#".repeat(full)}${".".repeat(BAR_CELLS - full)}]`;
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`;
}
