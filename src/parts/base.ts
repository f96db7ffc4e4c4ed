import type { Logger } from "pino";
import type { Config, FileConfig } from "../config.ts";
import type { Screen } from "../demo/screen.ts";
import type { StartLines } from "../demo/start-lines.ts";
import type { ReloadRequests } from "../runtime/reload-requests.ts";
import type { WakeUps } from "../runtime/wake-ups.ts";

/** What every part of the service may use. */
export interface Base {
  readonly config: Config;
  /** Requests to read the settings file again; none in the demo. */
  readonly reloads: ReloadRequests;
  /** Reads the settings file as it is now. @throws ConfigError with all mistakes */
  readonly readSettingsFile: () => FileConfig;
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
