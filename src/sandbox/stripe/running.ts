import type { RunningSandbox, SandboxOptions } from "../sandbox.ts";
import { createFaults } from "../shared/faults.ts";
import { type Cell, openJournal, type Journal } from "../shared/journal.ts";
import { createRandom, mixedToken } from "../shared/random.ts";
import { watchLoop } from "./arrivals/loop-watch.ts";
import { steadyMs } from "./arrivals/steady-clock.ts";
import { createControl } from "./control/control.ts";
import { createApi } from "./http/api.ts";
import { createRequestCounters } from "./http/counters.ts";
import { createIdempotencyKeys } from "./http/idempotency.ts";
import { createKeys } from "./http/keys.ts";
import { patternOf } from "./http/path-pattern.ts";
import { listen } from "./http/server.ts";
import { createActivity } from "./life/activity.ts";
import { seedWorld } from "./life/seed.ts";
import { createForeignConsumers } from "./limits/foreign.ts";
import { createLimits } from "./limits/limits.ts";
import { EVENT_RETENTION_S } from "./routes/events.ts";
import { createDispatcher } from "./webhooks/dispatcher.ts";
import { createEndpoints } from "./webhooks/endpoints.ts";
import { createClock } from "./world/clock.ts";
import { createLedger } from "./world/ledger.ts";
import { createObjectStore } from "./world/object-store.ts";
import {
  answerCell,
  endpointCell,
  keyCell,
  objectCell,
  restore,
  serialCell,
  snapshot,
  type Persisted,
} from "./world/persistence.ts";
import { createWorld, type World } from "./world/world.ts";

/** Starts a sandbox: reads its world back or seeds it, then listens on loopback. */
export async function startStripe(options: SandboxOptions): Promise<RunningSandbox> {
  const { seed } = options;
  const apiKey = `sk_test_${mixedToken(seed, 1)}`;
  const webhookSecret = `whsec_${mixedToken(seed, 2)}`;
  const clock = createClock(Date.now);
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
    serial: restored?.serial ?? 0,
    eventsSince: clock.seconds() - EVENT_RETENTION_S,
    pendingWebhooks: () => endpoints.list().length,
  });
  const account = { world, ledger: createLedger(world) };
  if (restored === undefined) seedWorld(account, { payments: options.payments, nowS: clock.seconds() });
  const journal =
    options.statePath === undefined ? undefined : keepJournal(options.statePath, { world, state, restored });

  const closing = new AbortController();
  const faults = createFaults(seed);
  const dispatcher = createDispatcher({ store, faults, random: createRandom(seed ^ 0x3eb), nowMs: Date.now });
  world.onCommit(({ events }) => {
    for (const event of events)
      for (const endpoint of endpoints.wanting(event.fields.type ?? "")) dispatcher.enqueue(endpoint, event);
  });
  const activity = createActivity(account);
  const counters = createRequestCounters();
  const limits = createLimits();
  const foreign = createForeignConsumers((consumer, atMs) => {
    const admission = limits.admit({ ...consumer, pattern: patternOf(consumer.path), isInstant: true }, atMs);
    counters.foreign(consumer.key, admission);
  });
  // Only so that what is due does not pile up while nobody asks.
  const pulse = setInterval(() => foreign.advance(steadyMs()), 250).unref();
  const loop = watchLoop();
  const parts = { ...state, loop, account, faults, counters, limits, foreign, signal: closing.signal };
  const api = createApi({ ...parts, onSaved: (key, answer) => journal?.add(answerCell(key, answer)) });
  const control = createControl({
    ...parts,
    activity,
    dispatcher,
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
      clearInterval(pulse);
      loop.close();
      closing.abort();
      dispatcher.close();
      await server.close();
      journal?.close();
    },
  };
}

interface KeptJournal {
  /** Goes into the line of the operation under way. */
  add(cell: Cell): void;
  /** A line of its own. */
  write(cells: readonly Cell[]): void;
  close(): void;
}

/** Writes every commit from now on. A new world is written as a whole first; one that grew threefold is compacted. */
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
