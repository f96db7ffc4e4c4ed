import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { createInterface } from "node:readline";

/** The whole service as a process of its own. */
export interface Service {
  readonly url: string;
  readonly pid: number;
  /** All that it printed so far on both streams. */
  output(): string;
  /** SIGKILL; resolves when it is dead. */
  kill(): Promise<void>;
  /** Sends a signal; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface StartServiceOptions {
  /** Settings of this run, in place of the machine's. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
}

export interface EndedService {
  readonly code: number | null;
  readonly output: string;
}

interface Started {
  readonly child: ChildProcess;
  readonly ready: Promise<string | undefined>;
  readonly closed: Promise<number | null>;
  output(): string;
}

function start(options: StartServiceOptions): Started {
  const { PATH = "", HOME = "", TMPDIR } = process.env;
  const child = spawn(process.execPath, ["src/main.ts"], {
    env: { PATH, HOME, ...(TMPDIR !== undefined && { TMPDIR }), ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  const ready = Promise.withResolvers<string | undefined>();
  for (const stream of [child.stdout, child.stderr]) {
    createInterface({ input: stream }).on("line", (line) => {
      printed += `${line}\n`;
      const url = /^ready (http:\S+)$/.exec(line)?.[1];
      if (url !== undefined) ready.resolve(url);
    });
  }
  const closed = once(child, "close").then(([code]) => code as number | null); // by the event's documentation
  void closed.then(() => ready.resolve(undefined));
  return { child, ready: ready.promise, closed, output: () => printed };
}

/** Starts it and waits for its line `ready http://HOST:PORT`; rejects with its output when it ends first. */
export async function startService(options: StartServiceOptions): Promise<Service> {
  const { child, ready, closed, output } = start(options);
  const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? 30_000);
  const url = await ready;
  clearTimeout(timer);
  if (url === undefined) throw new Error(`the service ended before it was ready:\n${output()}`);
  const stop = async (signal: NodeJS.Signals = "SIGTERM") => {
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    return closed;
  };
  return { url, pid: child.pid ?? 0, output, stop, kill: async () => void (await stop("SIGKILL")) };
}

/** Runs it until it ends by itself. */
export async function runServiceToEnd(options: StartServiceOptions): Promise<EndedService> {
  const { child, closed, output } = start(options);
  const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? 30_000);
  const code = await closed;
  clearTimeout(timer);
  return { code, output: output() };
}

/** A port that was free just now: for a service that must come back on the one it had. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}
