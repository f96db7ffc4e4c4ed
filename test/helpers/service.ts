import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { WAIT_LIMIT_MS } from "./eventually.ts";

/** The complete service as a separate process. */
export interface Service {
  readonly url: string;
  readonly pid: number;
  /** All its output so far on both streams. */
  output(): string;
  /** SIGKILL; resolves when the process has ended. */
  kill(): Promise<void>;
  /** Sends a signal; resolves with the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

export interface StartServiceOptions {
  /** Environment variables of this run, replacing the machine's. */
  readonly env: Readonly<Record<string, string>>;
  readonly timeoutMs?: number;
  /** Folder of the installation that is started. Default: this one. */
  readonly cwd?: string;
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

const MANIFEST = readFileSync(new URL("../../package.json", import.meta.url), "utf8");
/** Options of V8 that `npm start` runs the service with. */
const OPTIONS = /"start": "node (.*) src\/main\.ts"/.exec(MANIFEST)?.[1]?.match(/--max\S+/g) ?? [];

function start(options: StartServiceOptions): Started {
  const { PATH = "", HOME = "", TMPDIR, NODE_COMPILE_CACHE } = process.env;
  const child = spawn(process.execPath, [...OPTIONS, "src/main.ts"], {
    env: {
      PATH,
      HOME,
      ...(TMPDIR !== undefined && { TMPDIR }),
      ...(NODE_COMPILE_CACHE !== undefined && { NODE_COMPILE_CACHE }),
      ...options.env,
    },
    stdio: ["ignore", "pipe", "pipe"],
    ...(options.cwd !== undefined && { cwd: options.cwd }),
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
  const closed = once(child, "close").then(([code]) => code as number | null); // according to the event's documentation
  void closed.then(() => ready.resolve(undefined));
  return { child, ready: ready.promise, closed, output: () => printed };
}

/** Starts it and waits for its line `ready http://HOST:PORT`; rejects with its output when it ends first. */
export async function startService(options: StartServiceOptions): Promise<Service> {
  const { child, ready, closed, output } = start(options);
  const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? WAIT_LIMIT_MS);
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
  const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? WAIT_LIMIT_MS);
  const code = await closed;
  clearTimeout(timer);
  return { code, output: output() };
}

export interface InterruptOptions extends StartServiceOptions {
  /** The signals are sent as soon as a line of its output matches. */
  readonly at: RegExp;
  readonly signals: readonly NodeJS.Signals[];
}

/** Starts it, sends it signals at a given point of its start, and resolves when it has ended. */
export async function interruptService({ at, signals, ...options }: InterruptOptions): Promise<EndedService> {
  const { child, closed, output } = start(options);
  const timer = setTimeout(() => child.kill("SIGKILL"), options.timeoutMs ?? WAIT_LIMIT_MS);
  let isSent = false;
  const send = (): void => {
    if (isSent || !at.test(output())) return;
    isSent = true;
    for (const signal of signals) child.kill(signal);
  };
  // After the line readers, which were attached first.
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", () => setImmediate(send));
  const code = await closed;
  clearTimeout(timer);
  if (!isSent) throw new Error(`the service ended before it printed ${String(at)}:\n${output()}`);
  return { code, output: output() };
}

/** Returns a port that has just been free: for a service that must restart on the same port. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("a TCP server has a port");
  return address.port;
}
