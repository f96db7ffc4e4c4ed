import { expect, test } from "@jest/globals";
import { useDiagnosedWorld } from "../../helpers/diagnosed-world.ts";
import { eventBody } from "../../helpers/stripe-deliveries.ts";

/** Each round has the changes of about ten seconds of a busy account. An hour of polls of all connectors: all-connectors. */
const ROUNDS = 90;
const ROUNDS_PER_FULL_READ = 45;
const CHANGES = 10;

test("a quarter of an hour of changes, polls and webhooks without a fault has no diagnosis and no finding", async () => {
  await using world = await useDiagnosedWorld({ stripe: { quiet: 200 } });
  const source = world.stripe("quiet");
  expect(await source.sync("FULL")).toBe("SUCCEEDED");
  for (let round = 0; round < ROUNDS; round += 1) {
    await source.sandbox.control("POST", "activity", { count: CHANGES });
    const body = eventBody({ type: "account.updated", object: { id: `acct_${round}`, object: "account" } });
    expect(await source.deliver(body)).toBe(200);
    expect(await source.sync(round % ROUNDS_PER_FULL_READ === ROUNDS_PER_FULL_READ - 1 ? "FULL" : "INCREMENTAL")).toBe(
      "SUCCEEDED",
    );
    expect(await source.health()).toMatchObject({ state: "IN_STEP", diagnoses: [] });
  }
  const { findings } = await world.ask<{ findings: { nodes: readonly unknown[] } }>("{ findings { nodes { kind } } }");
  expect(findings.nodes).toEqual([]);
}, 1_800_000);
