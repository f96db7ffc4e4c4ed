import type { RunningSandbox, SandboxOptions } from "../shared/sandbox.ts";
import { createFaults } from "../shared/faults.ts";
import { listen } from "../shared/listen.ts";
import { createRandom, mixedToken } from "../shared/random.ts";
import { createControl } from "./control/control.ts";
import { createApi } from "./http/api.ts";
import { createRefusals } from "./http/refusals.ts";
import { createDispatcher, type Dispatcher } from "./webhooks/dispatcher.ts";
import { createHooks } from "./webhooks/hooks.ts";
import { createKeys } from "./webhooks/keys.ts";
import { createActivity } from "./world/activity.ts";
import { endpointCell, keepJournal, keysCell, readKept, stateCell, transactionCell } from "./persistence.ts";
import { seedWorld } from "./world/seed.ts";
import { createWorld } from "./world/world.ts";

/** A company's own card is used seldom, compared with what its customers pay. */
const PAYMENTS_PER_CARD_PURCHASE = 10;

/** Starts a sandbox: restores or seeds its world, then listens on loopback. */
export async function startPlaid(options: SandboxOptions): Promise<RunningSandbox> {
  const { seed, statePath, company, nowMs = Date.now } = options;
  const found = statePath === undefined ? undefined : readKept(statePath);
  // The state of an Item of another kind is not continued.
  const kept = found?.state.company === company?.name ? found : undefined;
  const world = createWorld({ seed, company, state: kept?.state });
  const size = company === undefined ? options.payments : Math.ceil(options.payments / PAYMENTS_PER_CARD_PURCHASE);
  if (kept === undefined) seedWorld(world, size, nowMs());
  else for (const transaction of kept.transactions) world.restore(transaction);
  const keys = createKeys(seed, nowMs, kept?.keys ?? []);
  const endpoints = kept?.endpoints ?? [];
  const journal = keepJournal(statePath, [
    keysCell(keys.list()),
    ...endpoints.map((endpoint) => endpointCell(endpoint, false)),
    ...world.transactions().map(transactionCell),
    stateCell(world.state()),
  ]);
  world.onCommit(({ changed }) => journal.write(...changed.map(transactionCell), stateCell(world.state())));

  const faults = createFaults(seed);
  const refusals = createRefusals();
  const hooks = createHooks({
    world,
    seed,
    dispatcher: (): Dispatcher => dispatcher,
    onEndpoint: (endpoint, isRemoved) => journal.write(endpointCell(endpoint, isRemoved)),
    kept: endpoints,
  });
  const isActive = ({ id }: { readonly id: string }): boolean => hooks.list().some((endpoint) => endpoint.id === id);
  const dispatcher = createDispatcher({ keys, faults, random: createRandom(seed ^ 0x3eb), nowMs, isActive });
  const done = { initial_update_complete: true, historical_update_complete: true };
  const activity = createActivity(world, nowMs, () => hooks.fire("TRANSACTIONS", "SYNC_UPDATES_AVAILABLE", done));

  const closing = new AbortController();
  const requests = new Map<string, number>();
  let pageSize: number | undefined;
  const credentials = {
    clientId: mixedToken(seed, 4).toLowerCase(),
    secret: mixedToken(seed, 5).toLowerCase(),
    accessToken: `access-sandbox-${mixedToken(seed, 6).toLowerCase()}`,
  };
  const parts = { world, keys, hooks, faults, refusals, signal: closing.signal };
  const api = createApi({
    ...parts,
    credentials,
    pageSize: () => pageSize,
    onRequest: (path, status) => void requests.set(`${path} ${status}`, (requests.get(`${path} ${status}`) ?? 0) + 1),
  });
  const control = createControl({
    ...parts,
    dispatcher,
    activity,
    requests: () => Object.fromEntries(requests),
    setPageSize(size) {
      pageSize = size;
    },
    onKeys: () => journal.write(keysCell(keys.list())),
  });
  const server = await listen(options.port, (request, response) =>
    request.url?.startsWith("/_sandbox/") === true ? control(request, response) : api(request, response),
  );
  activity.setPace(options.activityMs ?? 0);
  return {
    url: server.url,
    sourceConfig: { baseUrl: server.url, ...credentials, itemId: world.itemId },
    async close() {
      activity.stop();
      closing.abort();
      await dispatcher.close();
      await server.close();
      journal.close();
    },
  };
}
