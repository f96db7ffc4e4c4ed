import type { Logger } from "pino";
import type { Config } from "../config.ts";
import type { Screen } from "../demo/screen.ts";
import type { StartLines } from "../demo/start-lines.ts";
import type { WakeUps } from "../runtime/wake-ups.ts";

/** What every part of the service may use. */
export interface Base {
  readonly config: Config;
  readonly log: Logger;
  readonly wakeUps: WakeUps;
  /** Aborted when the process is asked to stop. */
  readonly stopping: AbortSignal;
  /** Standard output. */
  readonly screen: Screen;
  /** What a person sees of the start. Undefined without the demo: then only the log tells it. */
  readonly lines: StartLines | undefined;
}

/** Time that a part gets to finish its work in progress when it is closed. */
export const PART_DRAIN_MS = 8_000;
