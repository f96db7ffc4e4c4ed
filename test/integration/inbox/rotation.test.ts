import { expect, test } from "@jest/globals";
import { migrate } from "../../../src/store/migrate.ts";
import { startInboxService } from "../../helpers/inbox-service.ts";
import { useDatabase } from "../../helpers/postgres.ts";
import { customer, deliver, eventBody, sign } from "../../helpers/stripe-deliveries.ts";

const START_S = 1_790_000_000;
const HOUR_S = 3_600;

test("ten rotations in a row, each with an hour of overlap: nothing is refused before its secret expires, everything after (F52)", async () => {
  await using database = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  let nowS = START_S;
  // Secret n is added at hour n, and expires at hour n + 2, an hour after its successor was added.
  const webhookSecrets = Array.from({ length: 11 }, (_, n) => ({
    secret: `whsec_${n}`,
    expiresAt: new Date((START_S + (n + 2) * HOUR_S) * 1000).toISOString(),
  }));
  await using service = await startInboxService({
    connection: database.connection,
    sources: [
      {
        id: "stripe-acme",
        tenantId: "acme",
        config: { baseUrl: "http://127.0.0.1:9", apiKey: "sk_test_1", webhookSecrets },
      },
    ],
    now: () => nowS * 1000,
    idle: true,
  });
  const send = async (n: number) => {
    const body = eventBody({ type: "customer.updated", object: customer("cus_1", "Ada"), created: nowS });
    return (await deliver(service.url, "stripe-acme", sign(body, `whsec_${n}`, nowS))).status;
  };
  const answers: number[][] = [];
  for (let n = 0; n < 10; n += 1) {
    nowS = START_S + (n + 1) * HOUR_S; // both are valid
    const both = [await send(n), await send(n + 1)];
    nowS = START_S + (n + 2) * HOUR_S - 1;
    const last = await send(n);
    nowS += 1; // the old one has expired
    answers.push([...both, last, await send(n), await send(n + 1)]);
  }
  expect(answers).toEqual(Array.from({ length: 10 }, () => [200, 200, 200, 401, 200]));
  const stored = await service.db.read("acme", (tx) =>
    tx.query<{ verification: { key: string; signedAt: string } }>("select verification from deliveries"),
  );
  expect(stored).toHaveLength(40);
  const keys = new Set(stored.map(({ verification }) => verification.key));
  expect(keys).toEqual(new Set(webhookSecrets.map((_, n) => `webhookSecrets[${n}]`)));
  const [first] = stored.map(({ verification }) => verification.signedAt).toSorted();
  expect(first).toBe(new Date((START_S + HOUR_S) * 1000).toISOString());
});
