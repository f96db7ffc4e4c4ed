import { readFileSync } from "node:fs";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { createStartLines, type StartLines } from "./demo/start-lines.ts";
import type { Base } from "./parts/base.ts";
import { SERVICE } from "./parts/service.ts";
import { whenAborted } from "./runtime/abort.ts";
import { keepCompiledModules } from "./runtime/compile-cache.ts";
import { createReloadRequests, type ReloadRequests } from "./runtime/reload-requests.ts";
import type { PartObserver } from "./runtime/parts.ts";
import { createWakeUps } from "./runtime/wake-ups.ts";

/**
 * Orchestrators kill after 30 s: work that has not drained by then is cut off, and no acknowledged data depends on it.
 */
const DRAIN_MS = 24_000;
/** Maximum time for one step of the start, such as the migrations. */
const START_DRAIN_MS = 8_000;
/** Maximum time for an SDK of OpenTelemetry to send the last spans. */
const FLUSH_MS = 2_000;

async function main(): Promise<void> {
  const stopping = stopOnSignals();
  const reloads = reloadOnSignal();
  keepCompiledModules(process.env); // before the settings are read, for which a third of all modules is loaded
  const lines = greet();
  // Only now, because both load much: the demo must not be silent until then.
  const [{ readSettings, rereadFile }, { createLog }] = await Promise.all([
    import("./read-settings.ts"),
    import("./log.ts"),
  ]);
  const config = readSettings(process.env);
  if (config === undefined) {
    process.exitCode = 2;
    return;
  }
  const log = createLog({ level: config.logLevel, stopping });
  for (const warning of config.warnings) log.warn(warning);
  const readSettingsFile = rereadFile(process.env);
  const shared = { config, log, stopping, reloads, readSettingsFile };
  const base: Base = { ...shared, lines, screen: process.stdout, wakeUps: createWakeUps() };
  const service = SERVICE.open(base, observe(log, lines), stopping);
  try {
    await Promise.race([service.started, whenAborted(stopping)]);
    await whenAborted(stopping);
  } catch (reason) {
    if (!stopping.aborted) await explain(reason, config, log, lines);
  }
  setTimeout(() => process.exit(1), DRAIN_MS).unref();
  await service.close(START_DRAIN_MS);
  const { flushSpans } = await import("./runtime/tracing.ts");
  await flushSpans(FLUSH_MS);
}

/** @returns a signal that is aborted by the first SIGTERM or SIGINT; the second one ends the process immediately */
function stopOnSignals(): AbortSignal {
  const stopping = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (stopping.signal.aborted) process.exit(1);
      stopping.abort();
    });
  }
  return stopping.signal;
}

/** The demo has no settings file: it ends when its terminal is closed, as other programs do. */
function reloadOnSignal(): ReloadRequests {
  const reloads = createReloadRequests();
  if (hasSettingsFile()) process.on("SIGHUP", reloads.request);
  return reloads;
}

function hasSettingsFile(): boolean {
  return (process.env["SLUICE_CONFIG"] ?? "") !== "";
}

/** Without a settings file the demo starts; the first line of the output says so. See `loadConfig`. */
function greet(): StartLines | undefined {
  if (hasSettingsFile()) return undefined;
  const lines = createStartLines(process.stdout, () => performance.now());
  const manifest = readFileSync(new URL("../package.json", import.meta.url), "utf8");
  lines.greet((JSON.parse(manifest) as { version: string }).version); // our own file, checked by a test
  return lines;
}

function observe(log: Logger, lines: StartLines | undefined): PartObserver {
  return {
    onStarting: (name) => lines?.starting(name),
    onStarted({ name, description, durationMs }) {
      const about = { part: name, durationMs: Math.round(durationMs), sinceStartMs: Math.round(performance.now()) };
      if (description === undefined) log.debug(about, "started");
      else log.info(about, description);
      lines?.started(description);
    },
    onCloseFailed: (name, err) => log.warn({ err, part: name }, "closing a part of the service failed"),
  };
}

/** Says why the service could not start: one line, and the error with its stack in the log only if it is a defect. */
async function explain(reason: unknown, config: Config, log: Logger, lines: StartLines | undefined): Promise<void> {
  lines?.clear();
  const { exitCodeOf, startFailureSentence } = await import("./start-failure.ts");
  process.exitCode = exitCodeOf(reason);
  const sentence = startFailureSentence(reason, config);
  if (sentence === undefined) log.fatal({ err: reason }, "start failed");
  process.stderr.write(`sluice: ${sentence ?? "could not start; the log line before this one says why"}\n`);
}

await main();
process.exit(); // our resources are closed, even if a library still keeps something open
