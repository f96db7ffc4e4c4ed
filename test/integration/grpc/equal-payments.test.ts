import { expect, test } from "@jest/globals";
import { cardProcessorSandbox } from "../../../sandbox/card-processor/index.ts";
import { connector as cardProcessor } from "../../../src/connectors/card-processor/index.ts";
import { example } from "../../../src/connectors/grpc/fixtures/example.ts";
import { connector } from "../../../src/connectors/grpc/index.ts";
import { type Message, openSession } from "../../conformance/session.ts";

const paymentsOf = (messages: readonly Message[]) =>
  messages.flatMap((message) =>
    message.type === "record" && message.record.type === "Payment"
      ? [[message.record, message.version, message.sourceUpdatedAt] as const]
      : [],
  );

test("the connector by settings reads the same payments as the connector in code", async () => {
  await using inCode = await openSession(cardProcessor, cardProcessorSandbox, { payments: 250 });
  await using bySettings = await openSession(connector, cardProcessorSandbox, {
    payments: 250,
    configure: ({ apiKey }) => ({
      ...example(),
      baseUrl: inCode.sandbox.url,
      metadata: { authorization: `Bearer ${String(apiKey)}` },
    }),
  });
  const own = paymentsOf(await bySettings.readAll("payments"));
  expect(own.length).toBeGreaterThan(100);
  expect(own).toEqual(paymentsOf(await inCode.readAll("payments")));
});
