import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { ServiceError } from "../../../src/domain/error.ts";
import { readStoredSource } from "../../../src/sources/connected/read-stored-source.ts";
import { readKeyUses, rewrapKeys } from "../../../src/sources/connected/rewrap-keys.ts";
import type { ConnectRequest } from "../../../src/sources/connected/requests.ts";
import { createKeyring, type Keyring } from "../../../src/sources/secrets/keyring.ts";
import { type ConnectedWorld, KEY, useConnectedWorld } from "../../helpers/connected-world.ts";

let world: ConnectedWorld;
beforeAll(async () => {
  world = await useConnectedWorld();
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const SIGNAL = new AbortController().signal;
const connect = (change: Partial<ConnectRequest> = {}, tenantId = "acme") =>
  world.sources.connect(tenantId, world.request(change), SIGNAL);
const stored = (sourceId: string, tenantId = "acme", keyring: Keyring = world.keyring) =>
  readStoredSource(world.store.db, { keyring, platforms: new Map() }, tenantId, sourceId);

async function failureOf(work: Promise<unknown>): Promise<{ readonly code: string; readonly message: string }> {
  try {
    await work;
  } catch (reason) {
    if (reason instanceof ServiceError) return { code: reason.code, message: reason.publicMessage };
    throw reason;
  }
  return { code: "none", message: "" };
}

/** Settings with a key that no other source has: those with one key must have one budget. */
function own(apiKey: string) {
  world.accepted.add(apiKey);
  return { baseUrl: world.upstream.url, apiKey };
}

const NO_CHANGE = {
  schedule: undefined,
  budget: undefined,
  networks: undefined,
  reconcile: undefined,
  settings: undefined,
  credentials: undefined,
};
const update = (sourceId: string, change: object, tenantId = "acme") =>
  world.sources.update(tenantId, sourceId, { ...NO_CHANGE, ...change }, SIGNAL);

/** Settings of a core database on this machine. */
const LEDGER = {
  host: "127.0.0.1",
  database: "bank",
  user: "sluice",
  password: "secret",
  tls: false,
  tables: { accounts: { table: "accounts", id: "id" } },
};

describe("connectSource", () => {
  test("stores the settings encrypted, and they are read as those of the settings file", async () => {
    await connect({ id: "first", settings: own("sk_first"), budget: { rates: { account: 7 } }, schedule: "1h" });
    expect(await stored("first")).toMatchObject({
      id: "first",
      tenantId: "acme",
      connector: "stripe",
      config: { baseUrl: world.upstream.url, apiKey: "sk_first", webhookSecrets: [], connectedAccounts: [] },
      scheduleMs: 3_600_000,
      budget: { rates: { account: 7 } },
      networks: [],
      version: 1n,
    });
    const rows = await world.store.db.read("acme", (tx) =>
      tx.query("select status, origin, schedule_seconds, disconnected_at from sources where id = 'first'"),
    );
    expect(rows).toEqual([{ status: "ACTIVE", origin: "CONNECTED", schedule_seconds: 3_600, disconnected_at: null }]);
  });

  test("is refused with the upstream's reason, and stores nothing, if the credentials are wrong", async () => {
    const settings = { baseUrl: world.upstream.url, apiKey: "sk_test_wrong" };
    const failure = await failureOf(connect({ id: "wrong", settings }));
    expect(failure.code).toBe("UPSTREAM_UNAUTHORIZED");
    expect(failure.message).toContain("the credentials are not accepted");
    expect(failure.message).not.toContain("sk_test_wrong");
    expect(await stored("wrong")).toBeUndefined();
    expect(await world.store.db.read("acme", (tx) => tx.query("select from sources where id = 'wrong'"))).toEqual([]);
  });

  test("with the same idempotency key returns the same source, and does not call the upstream again", async () => {
    const request = { id: "keyed", idempotencyKey: "once" };
    expect(await connect(request)).toBe("keyed");
    const before = world.calls();
    expect(await connect(request)).toBe("keyed");
    expect(world.calls()).toBe(before);
    expect((await failureOf(connect({ ...request, schedule: "1h" }))).code).toBe("CONFLICT");
    expect((await failureOf(connect({ ...request, id: "other" }))).code).toBe("CONFLICT");
    expect((await failureOf(connect({ id: "keyed" }))).code).toBe("CONFLICT");
  });

  test("of one request at the same time connects one source", async () => {
    const request = { id: "parallel", idempotencyKey: "parallel" };
    expect(await Promise.all([connect(request), connect(request), connect(request)])).toEqual(
      Array.from({ length: 3 }, () => "parallel"),
    );
    const results = await Promise.all([1, 2, 3].map(() => failureOf(connect({ id: "raced" }))));
    expect(results.map(({ code }) => code).toSorted()).toEqual(["CONFLICT", "CONFLICT", "none"]);
  });

  test("of an id that another tenant uses is refused in the same words as for one's own", async () => {
    await connect({ id: "taken" });
    const [own, foreign] = [
      await failureOf(connect({ id: "taken" })),
      await failureOf(connect({ id: "taken" }, "umbrella")),
    ];
    expect(foreign).toEqual(own);
    expect(own).toEqual({ code: "CONFLICT", message: "input.id is in use: choose another id for the source" });
    expect(await stored("taken", "umbrella")).toBeUndefined();
    const raced = await Promise.all(
      ["acme", "umbrella"].map((tenantId) => failureOf(connect({ id: "raced-by-tenants" }, tenantId))),
    );
    expect(raced.map(({ code }) => code).toSorted()).toEqual(["CONFLICT", "none"]);
    await world.sources.disconnect("acme", "taken", "KEEP");
    expect((await failureOf(connect({ id: "taken" }, "umbrella"))).code).toBe("CONFLICT");
  });

  test("reports every mistake with its path and without any value", async () => {
    const settings = { baseUrl: world.upstream.url, apiKey: "", apiKeey: "sk_secret", webhookSecrets: "whsec_secret" };
    const failure = await failureOf(
      connect({ id: "Not An Id", settings, schedule: "often", budget: { maxConcurrent: 0 } }),
    );
    expect(failure.code).toBe("INVALID_INPUT");
    for (const path of [
      "input.id must be",
      "input.schedule must be",
      "input.budget.maxConcurrent must be",
      "input.settings.apiKey must be",
      'input.settings.apiKeey is not a setting; did you mean "apiKey"?',
      "input.settings.webhookSecrets must be a list",
    ])
      expect(failure.message).toContain(path);
    expect(failure.message).not.toMatch(/secret"/);
    const unknown = await failureOf(connect({ id: "x", connector: "strpe" }));
    expect(unknown.message).toMatch(/^input\.connector must be one of .*did you mean "stripe"\?$/);
  });

  test.each([
    ["an address of this machine", { settings: { baseUrl: "http://127.0.0.1:1", apiKey: "k" } }, "input.settings"],
    ["localhost", { settings: { baseUrl: "http://localhost:1", apiKey: "k" } }, "input.settings"],
    ["this machine over IPv6", { settings: { baseUrl: "http://[::1]:1", apiKey: "k" } }, "input.settings"],
    [
      "the metadata service",
      { settings: { baseUrl: "http://169.254.169.254", apiKey: "k" } },
      "input.settings.baseUrl",
    ],
    ["a database of this machine", { connector: "postgres-ledger", settings: LEDGER }, "input.settings must not have"],
    ["a private network", { networks: ["10.0.0.0/8"] }, "input.networks"],
    ["a file", { connector: "grpc", settings: { descriptorSet: "/etc/passwd" } }, "input.settings.descriptorSet"],
    ["a folder", { connector: "iso20022-bank", settings: { folder: "/etc" } }, "input.settings.folder"],
  ])("does not let callers reach into the operator's network: %s (F106)", async (_name, change, path) => {
    const closed = world.open({ networks: ["10.1.0.0/16"] });
    const failure = await failureOf(closed.connect("acme", world.request({ id: "ssrf", ...change }), SIGNAL));
    expect(failure).toMatchObject({ code: "INVALID_INPUT", message: expect.stringContaining(path) });
  });

  test("of a private address without its network is refused when it is called (F106)", async () => {
    const closed = world.open({ networks: ["10.1.0.0/16"] });
    const settings = { baseUrl: "http://10.1.2.3:1", apiKey: "k" };
    const failure = await failureOf(closed.connect("acme", world.request({ id: "ssrf", settings }), SIGNAL));
    expect(failure).toMatchObject({ code: "UPSTREAM_REJECTED", message: expect.stringContaining("not allowed") });
  });

  test("without a key is refused, and the error names the setting", async () => {
    const keyless = world.open({ keyring: createKeyring(undefined, []) });
    const failure = await failureOf(keyless.connect("acme", world.request({ id: "keyless" }), SIGNAL));
    expect(failure).toMatchObject({ code: "SECRETS_KEY_MISSING", message: expect.stringContaining("SECRETS_KEY") });
  });

  test("is refused for settings that contradict those of a source with the same credential", async () => {
    const settings = own("sk_shared");
    await connect({ id: "shared-1", settings, budget: { maxConcurrent: 3 } });
    const failure = await failureOf(connect({ id: "shared-2", settings }));
    expect(failure).toEqual({
      code: "INVALID_INPUT",
      message: 'input.budget must be that of "shared-1", which has the same address and credential',
    });
    await connect({ id: "shared-2", settings, budget: { maxConcurrent: 3 } });
  });
});

describe("a source of the settings file", () => {
  const fileSource = {
    id: "in-file",
    tenantId: "acme",
    connector: "stripe",
    config: { baseUrl: "https://api.stripe.com", apiKey: "k" },
    scheduleMs: undefined,
    budget: undefined,
    networks: [],
  };

  test("cannot be changed or disconnected, and its id is in use for every tenant", async () => {
    const sources = world.open({ file: { configs: [fileSource], platforms: new Map() } });
    const changes = [
      sources.update("acme", "in-file", { ...NO_CHANGE, schedule: "1h" }, SIGNAL),
      sources.disconnect("acme", "in-file", "ERASE"),
    ];
    for (const change of changes) {
      expect(await failureOf(change)).toEqual({
        code: "CONFLICT",
        message: "the source is defined in the settings file, and can only be changed there",
      });
    }
    expect((await failureOf(sources.disconnect("umbrella", "in-file", "KEEP"))).code).toBe("NOT_FOUND");
    const refused = await Promise.all(
      ["acme", "umbrella"].map((tenant) =>
        failureOf(sources.connect(tenant, world.request({ id: "in-file" }), SIGNAL)),
      ),
    );
    expect(refused[0]).toEqual(refused[1]);
    expect(refused[0]?.code).toBe("CONFLICT");
  });
});

describe("comparisons of a connected source", () => {
  const hoursUntilDue = async (id: string): Promise<number> => {
    const [row] = await world.store.db.acrossTenants<{ hours: number }>(
      `select extract(epoch from reconcile_due_at - now())::float / 3600 as hours from source_schedules where source_id = $1`,
      [id],
    );
    return row?.hours ?? Number.NaN;
  };

  test("have the interval and days that it states, which are kept by other changes, replaced and restored", async () => {
    await connect({ id: "compared", settings: own("sk_compared"), reconcile: { every: "12h", days: 31 } });
    expect((await stored("compared"))?.reconcile).toEqual({ everyMs: 43_200_000, days: 31 });
    await update("compared", { schedule: "1h" });
    expect((await stored("compared"))?.reconcile).toEqual({ everyMs: 43_200_000, days: 31 });
    await update("compared", { reconcile: { every: "off" } });
    expect((await stored("compared"))?.reconcile).toEqual({ everyMs: "off" });
    await update("compared", { networks: [] });
    expect((await stored("compared"))?.reconcile).toEqual({ everyMs: "off" });
    await update("compared", { reconcile: null });
    expect((await stored("compared"))?.reconcile).toBeUndefined();
  });

  test("are due within a shorter interval as soon as it is set", async () => {
    await connect({ id: "soon", settings: own("sk_soon"), reconcile: { every: "1h" } });
    expect(await hoursUntilDue("soon")).toBeLessThanOrEqual(1);
    await connect({ id: "sooner", settings: own("sk_sooner") });
    expect(await hoursUntilDue("sooner")).toBeGreaterThan(1);
    await update("sooner", { reconcile: { every: "30m", days: 3 } });
    expect(await hoursUntilDue("sooner")).toBeLessThanOrEqual(0.5);
  });

  test.each([
    [{ every: "of" }, /^input\.reconcile\.every must be "off" .*did you mean "off"/],
    [{ every: "31d" }, /^input\.reconcile\.every must be 30 days at most/],
    [{ days: 367 }, /^input\.reconcile\.days must be .*366/],
    [{ days: 0 }, /^input\.reconcile\.days must be .*1/],
  ])("are refused as %j, with the path of the mistake", async (reconcile, message) => {
    const settings = own("sk_refused");
    const refused = await failureOf(connect({ id: "refused", settings, reconcile }));
    expect(refused).toEqual({ code: "INVALID_INPUT", message: expect.stringMatching(message) });
  });
});

describe("updateSource", () => {
  test("changes schedule, budget and settings, and increases the version each time", async () => {
    await connect({ id: "changing", settings: own("sk_changing"), budget: { maxConcurrent: 4 } });
    await update("changing", { schedule: "manual", budget: null });
    expect(await stored("changing")).toMatchObject({ scheduleMs: undefined, budget: undefined, version: 2n });
    await update("changing", { settings: { connectedAccounts: "all" } });
    expect(await stored("changing")).toMatchObject({
      config: { connectedAccounts: "all", apiKey: "sk_changing" },
      scheduleMs: undefined,
      version: 3n,
    });
    await update("changing", { settings: { connectedAccounts: null }, schedule: "30d" });
    await update("changing", { budget: { maxConcurrent: 2 } });
    expect(await stored("changing")).toMatchObject({ config: { connectedAccounts: [] }, scheduleMs: 2_592_000_000 });
  });

  test("refuses credentials, and updateSourceCredentials refuses everything else", async () => {
    await connect({ id: "parted" });
    expect(await failureOf(update("parted", { settings: { apiKey: "sk_test_2" } }))).toEqual({
      code: "INVALID_INPUT",
      message: "input.settings.apiKey is a credential: use updateSourceCredentials",
    });
    expect(await failureOf(update("parted", { credentials: { baseUrl: "https://evil.example" } }))).toEqual({
      code: "INVALID_INPUT",
      message: "input.credentials.baseUrl is not a credential of this connector: must be one of apiKey, webhookSecrets",
    });
  });

  test("with credentials tries them first, and ends the status NEEDS_CREDENTIALS", async () => {
    await connect({ id: "rotated" });
    await world.store.db.transaction("acme", (tx) =>
      tx.query("update sources set status = 'NEEDS_CREDENTIALS' where id = 'rotated'"),
    );
    expect((await failureOf(update("rotated", { credentials: { apiKey: "sk_test_no" } }))).code).toBe(
      "UPSTREAM_UNAUTHORIZED",
    );
    expect(await stored("rotated")).toMatchObject({ config: { apiKey: "sk_test_1" }, version: 1n });
    world.accepted.add("sk_test_2");
    await update("rotated", { credentials: { apiKey: "sk_test_2" } });
    expect(await stored("rotated")).toMatchObject({
      config: { apiKey: "sk_test_2", webhookSecrets: ["whsec_1"] },
      version: 2n,
    });
    const events = await world.store.db.read("acme", (tx) =>
      tx.query("select kind, data ->> 'status' as status from events where source_id = 'rotated'"),
    );
    expect(events).toEqual([{ kind: "SourceStatusChanged", status: "ACTIVE" }]);
  });

  test("of another tenant's source is not found", async () => {
    await connect({ id: "foreign" });
    expect((await failureOf(update("foreign", { schedule: "1h" }, "umbrella"))).code).toBe("NOT_FOUND");
  });
});

describe("disconnectSource that keeps the data", () => {
  test("deletes the credentials at once, and the source can be connected again with its data", async () => {
    await connect({ id: "kept", idempotencyKey: "kept" });
    await world.sources.disconnect("acme", "kept", "KEEP");
    await world.sources.disconnect("acme", "kept", "KEEP"); // does nothing
    expect(await stored("kept")).toBeUndefined();
    const rows = await world.store.db.read("acme", (tx) =>
      tx.query(
        `select sealed, wrapped_key, key_id, request_hash, disconnected_at is not null as disconnected
         from source_settings join sources on sources.id = source_id where source_id = 'kept'`,
      ),
    );
    expect(rows).toEqual([{ sealed: null, wrapped_key: null, key_id: null, request_hash: null, disconnected: true }]);
    expect(await failureOf(update("kept", { schedule: "1h" }))).toEqual({
      code: "CONFLICT",
      message: "the source is not connected",
    });
    const bank = { connector: "iso20022-bank", settings: {} };
    expect((await failureOf(connect({ id: "kept", ...bank }))).code).toBe("CONFLICT");
    expect(await connect({ id: "kept" })).toBe("kept");
    expect(await stored("kept")).toMatchObject({ version: 3n });
  });
});

describe("a change of the master key", () => {
  test("encrypts the data keys again while they are read, and then the old key is not needed (F108)", async () => {
    const sealed = () =>
      world.store.db.read("acme", (tx) => tx.query("select source_id, sealed from source_settings order by source_id"));
    const before = await sealed();
    const next = createKeyring(randomBytes(32), [KEY]);
    const reading = Promise.all(Array.from({ length: 50 }, () => stored("first", "acme", next)));
    const remaining: bigint[] = [];
    await rewrapKeys({
      db: world.store.db,
      keyring: next,
      onProgress: (left) => remaining.push(left),
      signal: SIGNAL,
    });
    expect((await reading).every((source) => source?.config !== undefined)).toBe(true);
    expect(remaining.at(-1)).toBe(0n);
    expect(await sealed()).toEqual(before);
    expect((await readKeyUses(world.store.db)).map(({ keyId }) => keyId)).toEqual([next.current?.id]);
    expect(await failureOf(stored("first"))).toMatchObject({
      code: "SECRETS_KEY_MISSING",
      message: expect.stringContaining(next.current?.id ?? "none"),
    });
  });
});
