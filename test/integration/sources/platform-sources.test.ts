import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import pg from "pg";
import type { PlatformConfig, SourceConfig } from "../../../src/config.ts";
import { connectors } from "../../../src/connectors/registry.generated.ts";
import { ServiceError } from "../../../src/domain/error.ts";
import { createAccountHash } from "../../../src/sources/connected/account-hash.ts";
import { recordUnusable, refuseClashes, warnOfUnusable } from "../../../src/sources/connected/check-settings-file.ts";
import { type ConnectedRegistry, createConnectedRegistry } from "../../../src/sources/connected/connected-registry.ts";
import { findByAccountHash } from "../../../src/sources/connected/platform-sources.ts";
import { readStoredSource } from "../../../src/sources/connected/read-stored-source.ts";
import { createFileSources } from "../../../src/sources/file-sources.ts";
import { registerSources } from "../../../src/sources/register-sources.ts";
import type { ConnectedSources, ConnectRequest } from "../../../src/sources/connected/requests.ts";
import { fileScript, fileSource } from "../../fakes/file-connector.ts";
import { type ConnectedWorld, KEY, useConnectedWorld } from "../../helpers/connected-world.ts";
import { eventually } from "../../helpers/eventually.ts";
import { analyze, nodesOf, type Plan } from "../../helpers/plans.ts";

const SIGNAL = new AbortController().signal;
const accountHash = createAccountHash(KEY);
/** Keys of the platforms: no tenant may read them, or send them elsewhere. */
const [CLIENT_SECRET, PLATFORM_KEY] = ["secret-of-the-client", "sk_test_of_the_platform"];
const CLIENT = { clientId: "client", secret: CLIENT_SECRET };

let world: ConnectedWorld;
let sources: ConnectedSources;
let platforms: ReadonlyMap<string, PlatformConfig>;
let registries: ConnectedRegistry[] = [];

function platform(id: string, connector: string, config: object, change: Partial<PlatformConfig> = {}): PlatformConfig {
  const shared = { baseUrl: world.upstream.url, ...config };
  return { id, connector, config: shared, tenants: "*", budget: undefined, networks: [], ...change };
}

const open = (own = platforms, change: object = {}) =>
  world.open({ file: { configs: [], platforms: own }, networks: [], accountHash, ...change });

beforeAll(async () => {
  world = await useConnectedWorld();
  platforms = new Map(
    [
      platform("plaid-client", "plaid", CLIENT, { tenants: ["acme", "umbrella"], budget: { rates: { item: 3 } } }),
      platform("plaid-other", "plaid", CLIENT, { tenants: ["umbrella"], budget: { rates: { item: 3 } } }),
      platform("connect", "stripe", { apiKey: PLATFORM_KEY, webhookSecrets: ["whsec_1"] }, { tenants: ["acme"] }),
    ].map((one) => [one.id, one]),
  );
  sources = open();
  // Access tokens are `access-` and the id of their Item; Stripe knows the accounts that begin with `acct_known`.
  world.answer((request, response) => {
    const answer = (status: number, body: object) =>
      response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      if (request.url === "/v1/balance") {
        const isKnown = String(request.headers["stripe-account"]).startsWith("acct_known");
        if (isKnown) return answer(200, { object: "balance", livemode: false, available: [], pending: [] });
        return answer(403, { error: { type: "invalid_request_error", code: "account_invalid" } });
      }
      const { access_token: token } = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, string>; // sent by the connector
      const itemId = /^access-(.*)$/.exec(token ?? "")?.[1];
      if (itemId === undefined || request.headers["plaid-secret"] !== CLIENT_SECRET)
        return answer(400, { error_type: "INVALID_INPUT", error_code: "INVALID_ACCESS_TOKEN", request_id: "r" });
      return answer(200, { item: { item_id: itemId, error: null }, status: null, request_id: "r" });
    });
  });
});
afterEach(async () => {
  await Promise.all(registries.map((registry) => registry.close(5_000)));
  registries = [];
});
afterAll(async () => {
  await world[Symbol.asyncDispose]();
});

const item = (id: string, change: Partial<ConnectRequest> = {}): ConnectRequest =>
  world.request({
    id,
    connector: "plaid",
    platform: "plaid-client",
    settings: { accessToken: `access-item-${id}`, itemId: `item-${id}` },
    ...change,
  });
const connect = (request: ConnectRequest, tenantId = "acme") => sources.connect(tenantId, request, SIGNAL);
const stored = (sourceId: string, tenantId = "acme", own = platforms) =>
  readStoredSource(world.store.db, { keyring: world.keyring, platforms: own }, tenantId, sourceId);

async function failureOf(work: Promise<unknown>): Promise<{ readonly code: string; readonly message: string }> {
  try {
    await work;
  } catch (reason) {
    if (reason instanceof ServiceError) return { code: reason.code, message: reason.publicMessage };
    throw reason;
  }
  return { code: "none", message: "" };
}

/** A registry as each process has one. */
function openRegistry(own = platforms, onUnusable: (id: string, error: ServiceError) => void = () => undefined) {
  const configured = fileSource(fileScript());
  const bind = (config: SourceConfig) => ({
    ...configured,
    ...config,
    connector: connectors[config.connector] ?? configured.connector,
  });
  const registry = createConnectedRegistry({
    tenants: { has: () => true },
    db: world.store.db,
    keyring: world.keyring,
    accountHash,
    file: createFileSources({ sources: [], platforms: own }, bind),
    bind,
    onUnusable: (_tenantId, id, error) => onUnusable(id, error),
    onProblem: () => undefined,
    random: Math.random,
  });
  registries.push(registry);
  return registry;
}

describe("connectSource for a source of a platform", () => {
  test("stores the settings of its account, and is read with those of the platform", async () => {
    await connect(item("first"));
    expect(await stored("first")).toMatchObject({
      platform: "plaid-client",
      config: { clientId: "client", secret: CLIENT_SECRET, accessToken: "access-item-first", itemId: "item-first" },
      budget: { rates: { item: 3 } },
    });
    const changed = new Map(platforms);
    const secret = { clientId: "client", secret: "rotated" };
    changed.set("plaid-client", platform("plaid-client", "plaid", secret, { budget: { maxConcurrent: 2 } }));
    expect(await stored("first", "acme", changed)).toMatchObject({
      config: { secret: "rotated" },
      budget: { maxConcurrent: 2 },
    });
  });

  test("is refused with the upstream's reason, and stores nothing, without access to the account (F106)", async () => {
    const settings = { accessToken: "access-item-other", itemId: "item-victim" };
    const refused = await failureOf(connect(item("thief", { settings })));
    expect(refused).toMatchObject({ code: "UPSTREAM_REJECTED", message: expect.stringContaining("itemId") });
    const account = { connector: "stripe", platform: "connect", settings: { account: "acct_foreign" } };
    const unknown = await failureOf(connect(world.request({ id: "foreign", ...account })));
    expect(unknown).toMatchObject({ code: "UPSTREAM_REJECTED", message: expect.stringContaining("acct_foreign") });
    expect([await stored("thief"), await stored("foreign")]).toEqual([undefined, undefined]);
  });

  test("does not send the platform's keys anywhere else, and changes none of its settings (F106)", async () => {
    const elsewhere = { baseUrl: "https://evil.example", secret: "mine", webhooks: false };
    const settings = { accessToken: "access-item-x", itemId: "item-x", ...elsewhere };
    const failure = await failureOf(
      connect(item("evil", { settings, budget: { maxConcurrent: 100 }, networks: ["10.0.0.0/8"] })),
    );
    expect(failure.code).toBe("INVALID_INPUT");
    for (const path of ["settings.baseUrl", "settings.secret", "settings.webhooks", "budget", "networks"])
      expect(failure.message).toContain(`input.${path} must not be set`);
    expect(failure.message).not.toContain("mine");
    const all = { connector: "stripe", platform: "connect", settings: { connectedAccounts: "all" } };
    expect((await failureOf(connect(world.request({ id: "all", ...all })))).message).toContain(
      "input.settings.connectedAccounts must not be set: a source of a platform has only account of its own",
    );
    expect(
      await failureOf(connect(world.request({ id: "none", connector: "stripe", platform: "connect", settings: {} }))),
    ).toMatchObject({ code: "INVALID_INPUT", message: expect.stringContaining("must name the account") });
  });

  test("is refused for a tenant that may not use the platform, which learns nothing about it", async () => {
    const request = world.request({ connector: "stripe", platform: "connect", settings: { account: "acct_known1" } });
    const forbidden = await failureOf(connect(request, "umbrella"));
    expect(forbidden).toEqual(await failureOf(connect({ ...request, platform: "no-such-platform" }, "umbrella")));
    expect(forbidden.code).toBe("INVALID_INPUT");
    const misspelt = await failureOf(connect(item("x", { platform: "plaid-othr" })));
    expect(misspelt.message).toBe("input.platform must be one of plaid-client");
    const ofOther = await failureOf(connect(item("x", { platform: "connect" })));
    expect(ofOther.message).toBe("input.platform must be one of plaid-client");
  });

  test("is refused for an account that another source reads, in the same words for every tenant", async () => {
    await connect(item("owner"));
    const { settings } = item("owner");
    const again = await failureOf(connect(item("again", { settings })));
    expect(again).toEqual({
      code: "CONFLICT",
      message: "input.settings names an account of the platform that another source reads",
    });
    expect(await failureOf(connect(item("again", { settings }), "umbrella"))).toEqual(again);
    expect(await stored("again", "umbrella")).toBeUndefined();
    // Without access to the account nobody learns that it is connected.
    const guess = { accessToken: "access-guessed", itemId: "item-owner" };
    expect((await failureOf(connect(item("guess", { settings: guess }), "umbrella"))).code).toBe("UPSTREAM_REJECTED");
    const raced = await Promise.all(
      ["acme", "umbrella"].map((tenantId) =>
        failureOf(connect(item(`raced-${tenantId}`, { settings: item("raced").settings }), tenantId)),
      ),
    );
    expect(raced.map(({ code }) => code).toSorted()).toEqual(["CONFLICT", "none"]);
    // Another platform has accounts of its own.
    await connect(item("elsewhere", { settings, platform: "plaid-other" }), "umbrella");
    await sources.disconnect("acme", "owner", "KEEP");
    await connect(item("next-owner", { settings }), "umbrella");
    expect((await failureOf(connect(item("owner", { settings })))).code).toBe("CONFLICT");
  });

  test("is refused for an account that a source of the settings file reads", async () => {
    const config = { ...CLIENT, accessToken: "access-item-file", itemId: "item-file" };
    const own = { tenantId: "umbrella", connector: "plaid", platform: "plaid-client", config };
    const inFile = { ...own, id: "in-file", scheduleMs: undefined, budget: { rates: { item: 3 } }, networks: [] };
    const withFile = open(platforms, { file: { configs: [inFile], platforms } });
    const { settings } = item("file");
    expect((await failureOf(withFile.connect("acme", item("copy", { settings }), SIGNAL))).code).toBe("CONFLICT");
  });

  test("is refused for the id of a platform, also of one without sources", async () => {
    expect((await failureOf(connect(item("plaid-other")))).message).toContain("input.id is in use");
    expect((await failureOf(connect(item("plaid-client")))).message).toContain("input.id is in use");
  });
});

describe("a source of the settings file with a platform", () => {
  const register = async (platformId: string | undefined) => {
    const source = fileSource(fileScript());
    await registerSources(world.store.db, [{ ...source, id: "of-the-file", tenantId: "acme", platform: platformId }]);
    const [row] = await world.store.db.acrossTenants<{ stored: string | null; ofAccount: string | null }>(
      `select source.platform as stored, schedule.platform as "ofAccount"
       from sources as source join source_schedules as schedule on schedule.source_id = source.id where source.id = $1`,
      ["of-the-file"],
    );
    return row;
  };

  test("is registered with it, follows the file, and is not among the connected accounts of the platform", async () => {
    expect(await register("plaid-client")).toEqual({ stored: "plaid-client", ofAccount: null });
    expect(await register("plaid-other")).toEqual({ stored: "plaid-other", ofAccount: null });
    expect(await register(undefined)).toEqual({ stored: null, ofAccount: null });
  });
});

describe("a change of a source of a platform", () => {
  const unchanged = {
    schedule: undefined,
    budget: undefined,
    networks: undefined,
    reconcile: undefined,
    settings: undefined,
  };
  const update = (sourceId: string, change: object) =>
    sources.update("acme", sourceId, { ...unchanged, credentials: undefined, ...change }, SIGNAL);

  test("may replace its access token, and neither its account nor a setting of the platform", async () => {
    await connect(item("changing"));
    expect(await failureOf(update("changing", { settings: { itemId: "item-owner" } }))).toMatchObject({
      code: "INVALID_INPUT",
      message: expect.stringContaining("must not change the account"),
    });
    const secret = await failureOf(update("changing", { credentials: { secret: "mine" } }));
    expect(secret.message).toContain("input.settings.secret must not be set");
    expect((await failureOf(update("changing", { budget: { maxConcurrent: 9 } }))).message).toContain("input.budget");
    expect((await failureOf(update("changing", { credentials: { accessToken: "access-item-owner" } }))).code).toBe(
      "UPSTREAM_REJECTED",
    );
    await update("changing", { schedule: "1h", credentials: { accessToken: "access-item-changing" } });
    expect(await stored("changing")).toMatchObject({
      scheduleMs: 3_600_000,
      version: 2n,
      budget: { rates: { item: 3 } },
    });
  });
});

describe("a webhook at the address of a platform", () => {
  test("finds the connected source in every process, until it is disconnected", async () => {
    const registry = openRegistry();
    const find = async (account: string) => (await registry.findByAccount("plaid-client", account))?.id;
    expect(await find("item-live")).toBeUndefined();
    expect(await registry.find("live")).toBeUndefined();
    await connect(item("live"), "umbrella");
    expect(await find("item-live")).toBe("live"); // at once, although the id was unknown a moment ago
    expect((await registry.findByAccount("plaid-other", "item-live"))?.id).toBeUndefined();
    expect((await registry.findOfPlatform("plaid-client"))?.config).toMatchObject({ secret: CLIENT_SECRET });
    expect(await registry.findOfPlatform("no-such-platform")).toBeUndefined();
    await sources.disconnect("umbrella", "live", "KEEP");
    await eventually("the source not to be found", async () => (await find("item-live")) === undefined);
  });

  test("of a platform without sources finds none, and the first one when it is connected", async () => {
    const registry = openRegistry();
    expect(await registry.findOfPlatform("connect")).toBeUndefined();
    const settings = { account: "acct_known2" };
    await connect(world.request({ id: "merchant", connector: "stripe", platform: "connect", settings }));
    await eventually("the source", async () => (await registry.findOfPlatform("connect"))?.id === "merchant");
    expect((await registry.findByAccount("connect", "acct_known2"))?.id).toBe("merchant");
  });

  test("is found by an index, however many sources there are", async () => {
    const client = new pg.Client(world.store.connection);
    await client.connect();
    await client.query(
      `insert into sluice.source_schedules (source_id, tenant_id, platform, account_hash)
       select 'many-' || n, 'acme', 'plaid-client', sha256(n::text::bytea) from generate_series(1, 5000) as n`,
    );
    await analyze(world.store, "source_schedules");
    const plans: Plan[] = [];
    const explaining = {
      acrossTenants: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) => {
        const { rows } = await client.query<{ "QUERY PLAN": readonly { readonly Plan: Plan }[] }>(
          `explain (analyze, format json) ${text.replaceAll("source_schedules", "sluice.source_schedules")}`,
          [...values],
        );
        plans.push(...rows.flatMap((row) => row["QUERY PLAN"].flatMap((entry) => nodesOf(entry.Plan))));
        return world.store.db.acrossTenants<Row>(text, values);
      },
    };
    const found = await findByAccountHash(explaining, "plaid-client", accountHash("plaid-client", "item-first"));
    await client.query("delete from sluice.source_schedules where source_id like 'many-%'");
    await client.end();
    expect(found).toEqual({ sourceId: "first", tenantId: "acme" });
    expect(plans.map((plan) => plan["Index Name"])).toEqual(["source_schedules_platform_account"]);
    expect(plans[0]).toMatchObject({ "Actual Rows": 1, "Actual Loops": 1 });
  });
});

describe("a settings file", () => {
  const clash = (change: object) =>
    refuseClashes(world.store.db, { sources: [], platforms: new Map(), accountHash, ...change });

  test("that gives a platform the id of a connected source is refused", async () => {
    const own = new Map([["first", platform("first", "plaid", {})]]);
    await expect(clash({ platforms: own })).rejects.toThrow('platforms: must not name "first", which was connected');
    await expect(clash({ platforms })).resolves.toBeUndefined();
  });

  test("with a source that reads a connected account is refused", async () => {
    const config = { accessToken: "a", itemId: "item-first" };
    const own = { id: "mine", tenantId: "acme", connector: "plaid", platform: "plaid-client", config };
    await expect(clash({ sources: [own] })).rejects.toThrow(
      'sources[0].config: must not name an account that "first" reads',
    );
  });

  test("that no longer lets a tenant use a platform stops its sources, which show the reason", async () => {
    await connect(item("revoked"), "umbrella");
    const onlyAcme = new Map(platforms);
    onlyAcme.set("plaid-client", platform("plaid-client", "plaid", CLIENT, { tenants: ["acme"] }));
    const warned: object[] = [];
    await warnOfUnusable(world.store.db, onlyAcme, (about) => warned.push(about));
    expect(warned).toContainEqual(expect.objectContaining({ platform: "plaid-client", tenantId: "umbrella" }));
    const unusable: [string, ServiceError][] = [];
    const registry = openRegistry(onlyAcme, (id, error) => unusable.push([id, error]));
    expect(await registry.find("revoked")).toBeUndefined();
    expect(await registry.findByAccount("plaid-client", "item-revoked")).toBeUndefined();
    expect((await registry.findOfPlatform("plaid-client"))?.tenantId).toBe("acme");
    const [id, error] = unusable[0] ?? [];
    expect(id).toBe("revoked");
    await recordUnusable(world.store.db, "umbrella", "revoked", error ?? new ServiceError("INTERNAL", "none"));
    const [row] = await world.store.db.read("umbrella", (tx) =>
      tx.query("select status, status_reason from sources where id = 'revoked'"),
    );
    expect(row).toEqual({
      status: "NEEDS_CREDENTIALS",
      status_reason:
        'the settings file no longer lets the tenant use the platform "plaid-client", whose keys the source shares',
    });
  });
});

describe("what is stored of a source of a platform", () => {
  test("contains neither its account nor a key of the platform (F107)", async () => {
    const client = new pg.Client(world.store.connection);
    await client.connect();
    const { rows } = await client.query(
      `select source_settings::text || sources::text || source_schedules::text as stored
       from sluice.source_settings join sluice.sources on sources.id = source_id
       join sluice.source_schedules using (source_id) where source_id = 'first'`,
    );
    await client.end();
    const text = String(rows[0]?.stored);
    expect(text).toContain("plaid-client");
    for (const secret of ["item-first", CLIENT_SECRET, PLATFORM_KEY])
      for (const written of [secret, Buffer.from(secret).toString("hex")]) expect(text).not.toContain(written);
  });
});
