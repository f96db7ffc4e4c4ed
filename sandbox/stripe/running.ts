import type { RunningSandbox, SandboxOptions } from "../shared/sandbox.ts";
import { createFaults } from "../shared/faults.ts";
import { type Cell, openJournal, type Journal } from "../shared/journal.ts";
import { createRandom, mixedToken } from "../shared/random.ts";
import { watchLoop } from "./arrivals/loop-watch.ts";
import { steadyMs } from "./arrivals/steady-clock.ts";
import { createConnectedAccounts } from "./connected/connected-accounts.ts";
import { createControl } from "./control/control.ts";
import { createApi } from "./http/api.ts";
import { createRequestCounters } from "./http/counters.ts";
import { createIdempotencyKeys } from "./request/idempotency.ts";
import { createKeys } from "./http/keys.ts";
import { patternOf } from "./http/path-pattern.ts";
import { listen } from "./http/server.ts";
import { createActivity } from "./lifecycle/activity.ts";
import { createPayoutSchedule } from "./lifecycle/payout-schedule.ts";
import { seedWorld } from "./lifecycle/seed.ts";
import { createForeignConsumers } from "./limits/foreign.ts";
import { createLimits } from "./limits/limits.ts";
import { EVENT_RETENTION_S } from "./routes/events.ts";
import { createDispatcher } from "./webhooks/dispatcher.ts";
import { createEndpoints } from "./webhooks/endpoints.ts";
import { createAccountVersion } from "./world/api-version.ts";
import { createClock } from "./world/clock.ts";
import { createLedger } from "./world/ledger.ts";
import { createObjectStore, type Entry } from "./world/object-store.ts";
import {
  answerCell,
  endpointCell,
  keyCell,
  objectCell,
  restore,
  serialCell,
  snapshot,
  type Persisted,
} from "./persistence.ts";
import { createWorld, type World } from "./world/world.ts";

/** Starts a sandbox: restores or seeds its world, then listens on loopback. */
export async function startStripe(options: SandboxOptions): Promise<RunningSandbox> {
  const { seed } = options;
  const apiKey = `sk_test_${mixedToken(seed, 1)}`;
  const webhookSecret = `whsec_${mixedToken(seed, 2)}`;
  const nowMs = options.nowMs ?? Date.now;
  const clock = createClock(nowMs);
  const version = createAccountVersion();
  const state: Persisted = {
    store: createObjectStore(),
    keys: createKeys(apiKey),
    endpoints: createEndpoints(),
    idempotencyKeys: createIdempotencyKeys(() => clock.seconds()),
  };
  const { store, endpoints } = state;
  const restored = options.statePath === undefined ? undefined : restore(options.statePath, state);
  const world = createWorld({
    seed,
    store,
    clock,
    apiVersion: version.get,
    serial: restored?.serial ?? 0,
    eventsSince: clock.seconds() - EVENT_RETENTION_S,
    pendingWebhooks: () => endpoints.list().filter(({ connect }) => !connect).length,
  });
  const send = (events: readonly Entry[], connect: boolean): void => {
    for (const event of events)
      for (const endpoint of endpoints.subscribedTo(event.fields.type ?? "", connect))
        dispatcher.enqueue(endpoint, event);
  };
  const connected = createConnectedAccounts({
    seed,
    clock,
    eventRetentionS: EVENT_RETENTION_S,
    pendingWebhooks: () => endpoints.list().filter(({ connect }) => connect).length,
    onEvents: (events) => send(events, true),
  });
  const account = { world, ledger: createLedger(world), connected };
  if (restored === undefined) seedWorld(account, { payments: options.payments, nowS: clock.seconds() });
  const journal =
    options.statePath === undefined ? undefined : keepJournal(options.statePath, { world, state, restored });

  const closing = new AbortController();
  const faults = createFaults(seed);
  const dispatcher = createDispatcher({ store, faults, random: createRandom(seed ^ 0x3eb), nowMs });
  world.onCommit(({ events }) => send(events, false));
  const payoutSchedule = options.company === undefined ? undefined : createPayoutSchedule(account);
  payoutSchedule?.catchUp();
  const activity = createActivity(account, payoutSchedule);
  const counters = createRequestCounters();
  const limits = createLimits();
  const foreign = createForeignConsumers((consumer, atMs) => {
    const admission = limits.admit({ ...consumer, pattern: patternOf(consumer.path), isInstant: true }, atMs);
    counters.foreign(consumer.key, admission);
  });
  // Prevents due operations from accumulating while there are no requests.
  const notifier = setInterval(() => foreign.advance(steadyMs()), 250).unref();
  const loop = watchLoop();
  const parts = { ...state, loop, account, connected, faults, counters, limits, foreign, signal: closing.signal };
  const api = createApi({ ...parts, onSaved: (key, answer) => journal?.add(answerCell(key, answer)) });
  const control = createControl({
    ...parts,
    activity,
    dispatcher,
    version,
    webhookSecret,
    apiKey,
    onKey: (key, keyState) => journal?.write([keyCell(key, keyState)]),
    onEndpoint: (endpoint) => journal?.write([endpointCell(endpoint)]),
  });
  const server = await listen({ port: options.port, api, control, onFailure: () => void world.commit() });
  activity.setPace(options.activityMs ?? 0);

  return {
    url: server.url,
    sourceConfig: { baseUrl: server.url, apiKey, webhookSecrets: [webhookSecret] },
    async close() {
      activity.stop();
      connected.stop();
      clearInterval(notifier);
      loop.close();
      closing.abort();
      dispatcher.close();
      await server.close();
      journal?.close();
    },
  };
}

interface KeptJournal {
  /** Adds a cell to the line of the current operation. */
  add(cell: Cell): void;
  /** Writes a separate line. */
  write(cells: readonly Cell[]): void;
  close(): void;
}

/**
 * Writes every commit from now on. A new world is first written as a whole; a file that has tripled in size is
 * compacted.
 */
function keepJournal(
  path: string,
  from: { readonly world: World; readonly state: Persisted; readonly restored: { readonly cells: number } | undefined },
): KeptJournal {
  const { world, state, restored } = from;
  const journal: Journal = openJournal(path);
  const live = world.store.all("charge").length * 4 + 1000;
  if (restored === undefined || restored.cells > live * 3) journal.rewrite(snapshot(state, world.serial()));
  let pending: Cell[] = [];
  world.onCommit(({ changed, events }) => {
    const objects = [...changed.map(({ entry }) => entry), ...events].map((entry) => objectCell(world.store, entry));
    journal.append([serialCell(world.serial()), ...pending, ...objects]);
    pending = [];
  });
  return {
    add: (cell) => void pending.push(cell),
    write: (cells) => journal.append(cells),
    close: () => journal.close(),
  };
}
