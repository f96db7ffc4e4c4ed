import { expect, test } from "@jest/globals";
import { createClient } from "graphql-ws";
import { WebSocket } from "ws";
import { useSandbox } from "../../../sandbox/stripe/testing.ts";
import { eventually } from "../../helpers/eventually.ts";
import { askGraph } from "../../helpers/graphql.ts";
import { databaseUrl } from "../../helpers/postgres.ts";
import { startServiceInProcess } from "../../helpers/service-in-process.ts";
import { writeSluiceYaml } from "../../helpers/sluice-yaml.ts";
import { useStore } from "../../helpers/store.ts";
import { useDataDir } from "../../helpers/use-embedded.ts";

const BUDGETS =
  '{ source(id: "stripe-main") { budgets { bucket limit current closedUntil closedReason lastRefusedAt inUse } } }';

interface Budget {
  readonly bucket: string;
  readonly limit: number | null;
  readonly current: number | null;
  readonly closedUntil: string | null;
  readonly closedReason: string | null;
  readonly lastRefusedAt: string | null;
  readonly inUse: number | null;
}

test("a learned limit is visible in the graph, as an event and in the metrics (F19)", async () => {
  await using stripe = await useSandbox({ payments: 50 });
  await using store = await useStore();
  await using dataDir = await useDataDir();
  const { baseUrl, apiKey } = stripe.config;
  const service = await startServiceInProcess({
    SLUICE_CONFIG: await writeSluiceYaml(dataDir.path, { baseUrl, apiKey }, { schedule: "1h" }),
    DATABASE_URL: databaseUrl(store.connection),
    DATA_DIR: dataDir.path,
    PORT: "0",
  });
  const budgets = async () => {
    const answer = await askGraph<{ source: { budgets: readonly Budget[] } }>(service.url, BUDGETS);
    return new Map((answer.data?.source.budgets ?? []).map((budget) => [budget.bucket, budget]));
  };
  const socket = createClient({ url: `${service.url.replace("http", "ws")}/graphql/ws`, webSocketImpl: WebSocket });
  try {
    const calm = await eventually("the first calls", async () => {
      const found = await budgets();
      return found.get("account") && found.get("concurrency") && found;
    });
    expect(calm.get("account")).toMatchObject({ limit: 25, closedUntil: null, closedReason: null, inUse: null });
    expect(calm.get("concurrency")).toMatchObject({ limit: 25, inUse: expect.any(Number) });

    const events = socket.iterate<{ syncEvents: Record<string, unknown> }>({
      query: `subscription { syncEvents(filter: { kinds: [BUDGET_CLOSED] }) {
        __typename source { id } ... on BudgetClosed { bucket closedReason closedUntil } } }`,
    });
    expect((await events.next()).value?.data?.syncEvents["__typename"]).toBe("StreamPosition");
    await stripe.control("POST", "faults", { rate429: { count: 1, retryAfter: "30" } });
    await askGraph(
      service.url,
      'mutation { startSync(input: { sourceId: "stripe-main", mode: FULL }) { run { id } } }',
    );

    const closed = (await events.next()).value?.data?.syncEvents;
    expect(closed).toMatchObject({
      __typename: "BudgetClosed",
      source: { id: "stripe-main" },
      bucket: "account",
      closedReason: "RETRY_AFTER",
    });
    const after = (await budgets()).get("account");
    expect(after).toMatchObject({ closedUntil: closed?.["closedUntil"], closedReason: "RETRY_AFTER", limit: 25 });
    expect(after?.lastRefusedAt).not.toBeNull();
    expect(after?.current).toBeLessThan(25);
    const metrics = await (await fetch(`${service.url}/metrics`)).text();
    const seconds = /^sluice_budget_closed_seconds\{.*bucket="account"\} ([\d.]+)$/m.exec(metrics)?.[1];
    expect(Number(seconds)).toBeGreaterThan(0);
    expect(metrics).toContain('sluice_upstream_circuit_open{connector="stripe",source="stripe-main"} 0');
    expect(metrics + service.output()).not.toContain(apiKey);
  } finally {
    await socket.dispose();
    await service.stop();
  }
});
