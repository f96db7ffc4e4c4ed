import { loadConfig, loadSettingsFile } from "../../src/config.ts";
import { createLog } from "../../src/log.ts";
import { exitCodeOf, startFailureSentence } from "../../src/start-failure.ts";
import type { Base } from "../../src/parts/base.ts";
import { SERVICE } from "../../src/parts/service.ts";
import { createReloadRequests } from "../../src/runtime/reload-requests.ts";
import { createWakeUps } from "../../src/runtime/wake-ups.ts";

/** The complete service in the test's process. */
export interface ServiceInProcess {
  readonly url: string;
  /** All that it has logged and printed so far. */
  output(): string;
  /** Closes all its parts. */
  stop(): Promise<void>;
}

/** Longest wait for the part that is being started when the service is stopped. */
const START_DRAIN_MS = 8_000;

/**
 * Starts the parts of the service with these environment variables, as `src/main.ts` does in a process of its own:
 * for tests that are not about the process (its signals, its end, its output). It costs far less CPU time,
 * because the modules are loaded once for all files of a worker.
 */
export async function startServiceInProcess(env: Readonly<Record<string, string>>): Promise<ServiceInProcess> {
  const config = loadConfig(env);
  const stop = new AbortController();
  let output = "";
  const write = (text: string): void => void (output += text);
  const log = createLog({ level: config.logLevel, stopping: stop.signal, destination: { write } });
  const base: Base = {
    config,
    log,
    stopping: stop.signal,
    reloads: createReloadRequests(),
    readSettingsFile: () => loadSettingsFile(env),
    lines: undefined,
    screen: { write },
    wakeUps: createWakeUps(),
  };
  const failures: unknown[] = [];
  const parts = SERVICE.open(
    base,
    {
      onStarting: () => undefined,
      onStarted: () => undefined,
      onCloseFailed: (_name, reason) => void failures.push(reason),
    },
    stop.signal,
  );
  const close = async (): Promise<void> => {
    stop.abort();
    await parts.close(START_DRAIN_MS);
    if (failures.length > 0) throw new AggregateError(failures, "parts of the service could not be closed");
  };
  try {
    const { server } = await parts.started;
    return { url: server.url, output: () => output, stop: close };
  } catch (reason) {
    await close();
    throw reason;
  }
}

/** What `src/main.ts` ends with and prints when the service cannot start with these environment variables. */
export async function failedStart(
  env: Readonly<Record<string, string>>,
): Promise<{ readonly code: number; readonly sentence: string | undefined }> {
  let service: ServiceInProcess;
  try {
    service = await startServiceInProcess(env);
  } catch (reason) {
    return { code: exitCodeOf(reason), sentence: startFailureSentence(reason, loadConfig(env)) };
  }
  await service.stop();
  throw new Error("the service has started");
}
