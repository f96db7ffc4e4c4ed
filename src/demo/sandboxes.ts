import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { sandboxes } from "../../sandbox/registry.generated.ts";
import type { DatabaseServer } from "../../sandbox/core-database/prepare-database.ts";
import { type RunningCoreDatabase, startCoreDatabase } from "../../sandbox/core-database/running.ts";
import type { RunningSandbox } from "../../sandbox/shared/sandbox.ts";
import { COMPANY } from "../../sandbox/shared/company.ts";
import { carryMovements, type MoneyPlaces } from "./carry-movements.ts";
import { callSandbox, rest } from "./control-api.ts";
import { type FaultPlaces, playScriptedFaults } from "./scripted-faults.ts";

/** Settings of a source that reads from a sandbox, before its connector has parsed them. */
export interface DemoSource {
  readonly id: string;
  readonly connector: string;
  readonly config: unknown;
}

export interface DemoSandboxes {
  readonly sources: readonly DemoSource[];
  /** Addresses by name of the sandbox. */
  urlOf(name: string): string;
  /** Allows the sandboxes to send their webhooks only to the service that now listens at `serviceUrl`. */
  connectWebhooks(serviceUrl: string): Promise<void>;
  /** Begins the scripted faults, which end by themselves or by `close`. */
  playFaults(serviceUrl: string): void;
  close(): Promise<void>;
}

export interface DemoOptions {
  /** Number of payments that a new data set has. Default: enough to page, filter and back-fill, read in seconds. */
  readonly payments?: number;
  /** The clock of all sandboxes, in milliseconds since 1970. Default: the system's. */
  readonly nowMs?: () => number;
  /** Mean pause between changes; 0: nothing changes by itself. */
  readonly activityMs?: number;
  /** Server in which the company's core database is kept; undefined: the demo has none. */
  readonly databaseServer?: DatabaseServer;
}

/** Simulated data set: everybody's is the same. */
const WORLD = { seed: 1, company: COMPANY } as const;
const PAYMENTS = 2_000;
const ACTIVITY_MS = 3_000;
/** Connector that reads the core database. */
const CORE_DATABASE = "postgres-ledger";
/** The sandboxes, with the factor by which each is slower than the mean pause. */
const PACES: Readonly<Record<string, number>> = {
  stripe: 1,
  "iso20022-bank": 4,
  plaid: 1,
  "card-processor": 2,
  [CORE_DATABASE]: 2,
};
const DAY_MS = 86_400_000;
const HISTORY_DAYS = 90;
/** The bank may book a movement on a past day that is still open. */
const RECENT_DAYS = 3;

/**
 * Starts every sandbox: the systems of one company, on one clock, up to the present. Their data sets are kept in
 * `dataDir`, so that a second start has the objects that the store knows, and continues from there.
 */
export async function startSandboxes(dataDir: string, options: DemoOptions = {}): Promise<DemoSandboxes> {
  const { nowMs = Date.now, activityMs = ACTIVITY_MS, payments = PAYMENTS, databaseServer } = options;
  const world = { nowMs, activityMs, payments };
  const running = await startAll(join(dataDir, "sandbox"), world);
  const closing = new AbortController();
  const tasks: Promise<void>[] = [];
  let core: RunningCoreDatabase | undefined;
  const close = async () => {
    closing.abort();
    await Promise.allSettled(tasks);
    await Promise.all([closeAll(running), core?.close()]);
  };
  const carry = (days: number) =>
    carryMovements({ ...placesOf(running), ...core }, dateBefore(nowMs(), days), closing.signal);
  try {
    if (databaseServer !== undefined)
      core = await startCoreDatabase({ ...optionsOf(CORE_DATABASE, world), server: databaseServer });
    await carry(HISTORY_DAYS);
  } catch (reason) {
    await close();
    throw reason;
  }
  if (activityMs > 0) tasks.push(repeat(() => carry(RECENT_DAYS), { everyMs: activityMs, signal: closing.signal }));
  const all = new Map<string, RunningSandbox>([
    ...running,
    ...(core === undefined ? [] : [[CORE_DATABASE, core] as const]),
  ]);
  return {
    sources: [...all].map(([name, { sourceConfig }]) => ({ id: idOf(name), connector: name, config: sourceConfig })),
    urlOf: (name) => find(all, name).url,
    async connectWebhooks(serviceUrl) {
      await Promise.all([...running].map(([name, { url }]) => connect(url, `${serviceUrl}/webhooks/${idOf(name)}`)));
    },
    playFaults(serviceUrl) {
      const faults = playScriptedFaults({ ...faultPlacesOf(running), serviceUrl, nowMs }, closing.signal);
      // The demo without the rest of its faults is still the demo.
      tasks.push(faults.catch(() => undefined));
    },
    close,
  };
}

type Running = ReadonlyMap<string, RunningSandbox>;
type WorldOptions = Required<Pick<DemoOptions, "nowMs" | "activityMs" | "payments">>;

/** Options of one system of the world. */
function optionsOf(name: string, { activityMs, ...options }: WorldOptions) {
  return { ...WORLD, ...options, port: 0, activityMs: activityMs * (PACES[name] ?? 1) };
}

async function startAll(folder: string, world: WorldOptions): Promise<Running> {
  await mkdir(folder, { recursive: true });
  const running = new Map<string, RunningSandbox>();
  try {
    for (const [name, definition] of Object.entries(sandboxes))
      running.set(
        name,
        await definition.start({ ...optionsOf(name, world), statePath: join(folder, `${name}.jsonl`) }),
      );
  } catch (reason) {
    await closeAll(running);
    throw reason;
  }
  return running;
}

async function closeAll(running: Running): Promise<void> {
  await Promise.all([...running.values()].map((sandbox) => sandbox.close()));
}

function find(running: Running, name: string): RunningSandbox {
  const found = running.get(name);
  if (found === undefined) throw new RangeError(`there is no sandbox ${name}`);
  return found;
}

function placesOf(running: Running): MoneyPlaces {
  const urlOf = (name: string): string => find(running, name).url;
  const urls = { stripeUrl: urlOf("stripe"), cardProcessorUrl: urlOf("card-processor") };
  return { ...urls, bankUrl: urlOf("iso20022-bank"), plaidUrl: urlOf("plaid") };
}

function faultPlacesOf(running: Running): Pick<FaultPlaces, "stripe" | "plaid" | "bank"> {
  const { bankUrl, plaidUrl } = placesOf(running);
  const [webhookSecret] = stripeConfig.parse(find(running, "stripe").sourceConfig).webhookSecrets;
  return {
    stripe: { id: idOf("stripe"), webhookSecret },
    plaid: { url: plaidUrl },
    bank: { id: idOf("iso20022-bank"), url: bankUrl },
  };
}

const dateBefore = (nowMs: number, days: number): string => new Date(nowMs - days * DAY_MS).toISOString().slice(0, 10);
const idOf = (name: string): string => `${name}-demo`;
const stripeConfig = z.object({ webhookSecrets: z.tuple([z.string()], z.string()) });

/** Repeats until the signal aborts. What fails once is tried again with the next turn. */
async function repeat(
  run: () => Promise<void>,
  { everyMs, signal }: { readonly everyMs: number; readonly signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    await rest(everyMs, signal)
      .then(run)
      .catch(() => undefined);
  }
}

const endpointList = z.object({ endpoints: z.array(z.object({ id: z.string() })) });

/**
 * Endpoints of an earlier start have another port, so they are deleted. A system that sends no webhooks has no
 * endpoints.
 */
async function connect(sandboxUrl: string, url: string): Promise<void> {
  const path = "webhook-endpoints";
  const answer = await callSandbox(sandboxUrl, { method: "GET", path, absent: [404] });
  if (answer === undefined) return;
  for (const { id } of endpointList.parse(answer).endpoints)
    await callSandbox(sandboxUrl, { method: "DELETE", path: `${path}/${id}` });
  await callSandbox(sandboxUrl, { method: "POST", path, body: { url } });
}
