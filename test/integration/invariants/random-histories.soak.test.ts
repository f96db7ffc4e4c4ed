import { expect, test } from "@jest/globals";
import { amountOf } from "../../helpers/length.ts";
import { drawSeed } from "../../helpers/draw-seed.ts";
import { brokenRules, useRandomHistories } from "../../helpers/random-histories.ts";

const {
  payments: PAYMENTS,
  rounds: ROUNDS,
  objects: OBJECTS,
} = amountOf({
  short: { payments: 80, rounds: 1, objects: 400 },
  long: { payments: 3_600, rounds: 3, objects: 20_000 },
});

test("no rule breaks over thousands of objects that live random lives at a processor, an aggregator and a bank", async () => {
  const seed = drawSeed("RANDOM_HISTORIES_SEED");
  await using lives = await useRandomHistories({ seed, payments: PAYMENTS });
  await lives.sync();
  for (let round = 0; round < ROUNDS; round += 1) {
    await lives.live();
    await lives.sync();
  }
  expect(await lives.countObjects()).toBeGreaterThan(OBJECTS);
  await lives.inStep();
  expect(await brokenRules(lives.db, lives.sources)).toEqual([]);
}, 900_000);
