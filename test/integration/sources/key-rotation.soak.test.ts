import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { pino } from "pino";
import { openSyncEngine, type SyncEngine } from "../../../src/ingest/polling/engine.ts";
import { systemClock } from "../../../src/runtime/clock.ts";
import { createWakeUps } from "../../../src/runtime/wake-ups.ts";
import { createFileSources } from "../../../src/sources/file-sources.ts";
import { createConnectedRegistry } from "../../../src/sources/connected/connected-registry.ts";
import { readKeyUses, rewrapKeys } from "../../../src/sources/connected/rewrap-keys.ts";
import { type OpenSources, openSources } from "../../../src/sources/open-sources.ts";
import { createKeyring, type Keyring } from "../../../src/sources/secrets/keyring.ts";
import { createLocalStore } from "../../../src/upstream/budget/local-store.ts";
import { wholeShare } from "../../../src/upstream/budget/share.ts";
import { type ConnectedWorld, useConnectedWorld } from "../../helpers/connected-world.ts";
import { eventually } from "../../helpers/eventually.ts";
import { amountOf } from "../../helpers/length.ts";

const SOURCES = amountOf({ short: 5, long: 100 });
const SIGNAL = new AbortController().signal;
const [BEFORE, AFTER] = [randomBytes(32), randomBytes(32)];

/** A process that reads sources with its own keys. */
interface Replica extends AsyncDisposable {
  readonly keyring: Keyring;
  readonly engine: SyncEngine;
  /** Decrypts the sources again before their next use. */
  reload(): void;
}

let world: ConnectedWorld;
let refused = 0;
beforeAll(async () => {
  world = await useConnectedWorld();
  world.answer((request, response) => {
    const isAccepted = world.accepted.has(/^Bearer (.*)$/.exec(request.headers.authorization ?? "")?.[1] ?? "");
    if (!isAccepted) refused += 1;
    const isBalance = request.url?.startsWith("/v1/balance") === true && !request.url.includes("transactions");
    const found = isBalance
      ? { object: "balance", livemode: false, available: [], pending: [] }
      : { object: "list", data: [], has_more: false, url: "/v1/x" };
    response.writeHead(isAccepted ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(isAccepted ? found : { error: { type: "invalid_request_error" } }));
  });
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const ids: string[] = [];

async function connect(replica: Pick<Replica, "keyring">, count: number): Promise<void> {
  const sources = world.open({ keyring: replica.keyring });
  for (let n = 0; n < count; n += 1) {
    const id = `rotated-${ids.length}`;
    world.accepted.add(`sk_test_${id}`);
    const settings = { baseUrl: world.upstream.url, apiKey: `sk_test_${id}` };
    ids.push(await sources.connect("acme", world.request({ id, settings, schedule: "manual" }), SIGNAL));
  }
}

function openReplica(keyring: Keyring): Replica {
  const opened: OpenSources = openSources([], {
    shared: { store: () => createLocalStore(systemClock), join: wholeShare, subscribe: () => () => undefined },
    onCall: () => () => undefined,
    onBreaker: () => () => undefined,
    onCapped: () => undefined,
    onClosed: () => undefined,
  });
  const { db } = world.store;
  const registry = createConnectedRegistry({
    tenants: { has: () => true },
    db,
    keyring,
    accountHash: () => Buffer.alloc(0), // there is no platform
    file: createFileSources({ sources: [], platforms: new Map() }, opened.bind),
    bind: opened.bind,
    onUnusable: () => undefined,
    onProblem: () => undefined,
    random: Math.random,
  });
  const log = pino({ level: "silent" });
  const engine = openSyncEngine({ db, sources: registry, log, wakeUps: createWakeUps() });
  return {
    keyring,
    engine,
    reload: () => ids.forEach((id) => registry.reload(id)),
    async [Symbol.asyncDispose]() {
      await engine.close();
      await registry.close(5_000);
      await opened.close();
    },
  };
}

/** Reads every source to its end, some at each of the replicas. */
async function syncAll(...replicas: readonly Replica[]): Promise<void> {
  const input = { streams: undefined, mode: "INCREMENTAL", range: undefined, idempotencyKey: undefined } as const;
  const runs = await Promise.all(
    ids.map(async (id, index) => {
      const started = await replicas[index % replicas.length]?.engine.startSync("acme", id, input);
      return started?.runId ?? "";
    }),
  );
  const statuses = await eventually("all runs to end", async () => {
    const rows = await world.store.db.read("acme", (tx) =>
      tx.query<{ status: string }>("select status from sync_runs where id = any($1) and finished_at is not null", [
        runs,
      ]),
    );
    return rows.length === runs.length && rows.map(({ status }) => status);
  });
  expect(new Set(statuses)).toEqual(new Set(["SUCCEEDED"]));
}

test("a change of the master key while sources are synced is noticed by none of them, and ends without the old key (F108)", async () => {
  const [old, current] = [createKeyring(BEFORE, [AFTER]), createKeyring(AFTER, [BEFORE])];
  await connect({ keyring: createKeyring(BEFORE, []) }, SOURCES);
  {
    // One replica has been restarted with the new key, the other one not yet.
    await using first = openReplica(old);
    await using second = openReplica(current);
    await syncAll(first, second);
    let isRotated = false;
    const rotating = (async () => {
      const remaining: bigint[] = [];
      await connect(first, 1); // encrypted with the old key, while the others are encrypted again
      const onProgress = (left: bigint): void => void remaining.push(left);
      await rewrapKeys({ db: world.store.db, keyring: current, onProgress, signal: SIGNAL });
      isRotated = true;
      return remaining;
    })();
    do {
      first.reload();
      second.reload();
      await syncAll(first, second);
    } while (!isRotated);
    expect((await rotating).at(-1)).toBe(0n);
  }
  expect(await readKeyUses(world.store.db)).toEqual([{ keyId: current.current?.id, records: BigInt(SOURCES + 1) }]);
  await using last = openReplica(createKeyring(AFTER, []));
  await syncAll(last);
  expect(refused).toBe(0);
  const states = await world.store.db.read("acme", (tx) => tx.query("select distinct status from sources"));
  expect(states).toEqual([{ status: "ACTIVE" }]);
}, 300_000);
