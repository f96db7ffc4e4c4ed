import { expect, test } from "@jest/globals";
import { type GatewaySubscription, startCallbackGateway } from "../helpers/callback-gateway.ts";
import { eventually } from "../helpers/eventually.ts";
import { startService } from "../helpers/service.ts";
import { useReadyDataDir } from "../helpers/ready-data-dir.ts";

/** Numbers of the events that the gateway has accepted, in order; the number is the readable end of a cursor. */
function numbersOf({ calls }: GatewaySubscription): readonly number[] {
  const events = calls.flatMap(({ payload }) => {
    const event = payload?.data?.["syncEvents"] as { __typename: string; cursor: string } | undefined;
    return event === undefined || event.__typename === "StreamPosition" ? [] : [event];
  });
  return events.map(({ cursor }) => Number(Buffer.from(cursor, "base64url").toString("utf8", 16)));
}

test("a process that is killed with SIGKILL is continued by the next one: a subscription by callback has no gap (F5, F100)", async () => {
  await using dataDir = await useReadyDataDir();
  await using gateway = await startCallbackGateway("router");
  const env = { DATA_DIR: dataDir.path, DEMO_PAYMENTS: "20", PORT: "0", CALLBACK_ORIGINS: gateway.url };
  const subscription = gateway.subscribe(20_000);
  let service = await startService({ env });
  try {
    const response = await fetch(`${service.url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/json;callbackSpec=1.0, application/json" },
      body: JSON.stringify({
        query: "subscription { syncEvents { __typename cursor } }",
        extensions: { subscription: subscription.extension },
      }),
    });
    expect(await response.json()).toEqual({ data: null });
    for (let kill = 1; kill <= 3; kill += 1) {
      const before = numbersOf(subscription).length;
      await eventually("events of this process", () => numbersOf(subscription).length > before + 5);
      await service.kill();
      service = await startService({ env });
    }
    const before = numbersOf(subscription).length;
    await eventually("events of the last process", () => numbersOf(subscription).length > before + 5);
    expect(subscription.gaveUp).toBe(false);
  } finally {
    await service.kill();
  }
  const numbers = numbersOf(subscription);
  const distinct = [...new Set(numbers)];
  expect(distinct).toEqual(Array.from({ length: distinct.length }, (_, index) => (distinct[0] ?? 0) + index));
});
