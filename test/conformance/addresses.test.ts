import { describe, expect, test } from "@jest/globals";
import { readdirSync, readFileSync } from "node:fs";
import { z } from "zod";
import { connectors } from "../../src/connectors/registry.generated.ts";
import { ServiceError } from "../../src/domain/error.ts";
import { createUpstream } from "../../src/upstream/upstream.ts";
import { channelOf } from "../../src/upstream/upstream-settings.ts";

/** Spellings of addresses in our own network, without a port: none may ever be called. */
const FORBIDDEN = [
  "http://127.1",
  "http://127.0.1",
  "http://2130706433",
  "http://0177.0.0.1",
  "http://017700000001",
  "http://0x7f.0.0.1",
  "http://0x7f000001",
  "http://127.0.0.01",
  "http://127.0.0.1.",
  "http://localhost.",
  "http://0",
  "http://0.0.0.0",
  "http://[::]",
  "http://169.254.169.254",
  "http://169.254.169.254.",
  "http://2852039166",
  "http://0xa9fea9fe",
  "http://10.0.0.1",
  "http://10.1",
  "http://167772161",
  "http://012.0.0.1",
  "http://172.16.0.1",
  "http://192.168.0.1",
  "http://100.64.0.1",
  "http://100.127.255.254",
  "http://[::ffff:10.0.0.1]",
  "http://[::ffff:a00:1]",
  "http://[::ffff:127.0.0.1]",
  "http://[::ffff:7f00:1]",
  "http://[64:ff9b::10.0.0.1]",
  "http://[64:ff9b::a00:1]",
  "http://[64:ff9b::7f00:1]",
  "http://[0:0:0:0:0:0:0:1]",
  "http://[fd00:ec2::254]",
  "http://[fe80::1]",
  "http://user:password@127.0.0.1",
  "http://user:password@10.0.0.1",
  "http://api.example@10.0.0.1",
  "http://１２７.0.0.1",
  "http://①②⑦.0.0.1",
  "http://127。0。0。1",
  "http://١٢٧.0.0.1",
  "http://127%2e0.0.1",
  "http:\\\\10.0.0.1",
  "http:10.0.0.1",
  "http://10.0.0.1\t",
] as const;

/** Settings that take a URL, by their names. */
function urlSettings(schema: z.ZodType): readonly string[] {
  const { properties } = z.toJSONSchema(schema, { io: "input" });
  return Object.entries(properties ?? {}).flatMap(([name, property]) =>
    typeof property === "object" && property.format === "uri" ? [name] : [],
  );
}

/** Settings of connectors for which a text is not enough. */
const OTHERS: Readonly<Record<string, object>> = {
  grpc: {
    descriptorSet: "src/connectors/card-processor/contract/card_processor.binpb",
    streams: {
      payments: {
        list: "cardprocessor.v1.CardProcessor/ListPayments",
        page: { request: "page_token", response: "next_page_token", items: "payments" },
        fields: {
          externalId: "id",
          currency: "currency",
          amount: { path: "amount", as: "minorUnits" },
          kind: { value: "PAYIN" },
          status: { path: "status", map: {}, else: "keepRaw" },
        },
      },
    },
  },
};

/** The settings without which there is no source. */
function required(name: string, schema: z.ZodType): object {
  const { required: names = [] } = z.toJSONSchema(schema, { io: "input" });
  return { ...Object.fromEntries(names.map((each) => [each, "sk_test_1"])), ...OTHERS[name] };
}

const settings = Object.values(connectors).flatMap((connector) =>
  urlSettings(connector.config).map((setting) => [connector.name, setting] as const),
);

/** Connectors whose address is a host and a port: each with settings that are complete but for the host. */
const HOSTS = {
  "postgres-ledger": {
    port: 9,
    database: "bank",
    user: "sluice",
    password: "secret",
    tables: {
      payments: {
        table: "payments",
        id: "id",
        kind: { value: "PAYIN" },
        status: { column: "state", map: {} },
        amount: { column: "amount", as: "decimal" },
        currency: "currency",
        createdAt: { column: "created", as: "timestamp" },
      },
    },
  },
} as const;

test("every connector that makes calls has a URL or a host in its settings", () => {
  const named = new Set([...settings.map(([name]) => name), ...Object.keys(HOSTS)]);
  expect(named).toEqual(new Set(Object.keys(connectors)));
});

describe.each(Object.entries(HOSTS))("%s: host", (name, others) => {
  test.each(FORBIDDEN)("refuses the host of %s before it is connected to (F106)", async (url) => {
    const host = url.replace(/^http:(?:\/\/|\\\\)?/, "").replace(/^\[(.*)\]$/, "$1");
    expect(["setting host", "UPSTREAM_REJECTED"]).toContain(await refusalOfHost(name, { ...others, host }));
  });
});

/** Where the settings of a connector with a host are refused; undefined if they are not. */
async function refusalOfHost(name: string, config: object): Promise<string | undefined> {
  const connector = connectors[name];
  const parsed = connector?.config.safeParse(config);
  if (connector === undefined || parsed?.success !== true)
    return `setting ${parsed?.error?.issues.map(({ path }) => path.join(".")).join()}`;
  const target = connector.target(parsed.data);
  if (target === undefined) throw new Error("a source with a host makes calls");
  const budget = connector.budget(parsed.data);
  const upstream = createUpstream({ target, budget, ...channelOf(connector, parsed.data) });
  try {
    const signal = AbortSignal.timeout(10_000);
    await connector.check({ config: parsed.data, client: upstream.client("interactive", "acme"), signal });
    return undefined;
  } catch (reason) {
    return ServiceError.from(reason).code;
  } finally {
    await upstream.close();
  }
}

test("no connector judges a URL by itself: upstreamUrl and upstreamBaseUrl are the only schemas (F106)", () => {
  for (const name of Object.keys(connectors)) {
    for (const file of readdirSync(`src/connectors/${name}`).filter((file) => file.endsWith("config.ts")))
      expect(readFileSync(`src/connectors/${name}/${file}`, "utf8")).not.toMatch(/\.url\(|canParse|format: "uri"/);
  }
});

describe.each(settings)("%s: %s", (name, setting) => {
  const connector = connectors[name];

  /** Where a URL is refused; undefined if it is not. */
  async function refusalOf(url: string): Promise<string | undefined> {
    const parsed = connector?.config.safeParse({ ...required(name, connector.config), [setting]: url });
    if (connector === undefined || parsed?.success !== true)
      return `setting ${parsed?.error?.issues.map(({ path }) => path.join(".")).join()}`;
    const target = connector.target(parsed.data);
    if (target === undefined) throw new Error("a source with a URL makes calls");
    const upstream = createUpstream({
      target,
      ...channelOf(connector, parsed.data),
      budget: connector.budget(parsed.data),
    });
    try {
      const signal = AbortSignal.timeout(10_000);
      await connector.check({ config: parsed.data, client: upstream.client("interactive", "acme"), signal });
      return undefined;
    } catch (reason) {
      const { code, publicMessage } = ServiceError.from(reason);
      return `${code} ${publicMessage}`;
    } finally {
      await upstream.close();
    }
  }

  test.each(FORBIDDEN)("%j is refused, by the settings or when it connects (F106)", async (url) => {
    const refusals = [`setting ${setting}`, "UPSTREAM_REJECTED the upstream's address is not allowed"];
    expect(refusals).toContain(await refusalOf(url));
  });
});
