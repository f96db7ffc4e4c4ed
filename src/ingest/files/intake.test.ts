import { expect, test } from "@jest/globals";
import { createIntake, type Intake } from "./intake.ts";

/** Starts work that does not end until `release`; returns how many of `count` were let in. */
async function fill(intake: Intake, tenantId: string, count: number, ended: Promise<void>): Promise<number> {
  const outcomes = Array.from({ length: count }, async () => {
    let isLetIn = false;
    void intake
      .run(tenantId, () => {
        isLetIn = true;
        return ended;
      })
      .catch(() => undefined);
    await Promise.resolve();
    return isLetIn;
  });
  return (await Promise.all(outcomes)).filter(Boolean).length;
}

test("one tenant takes half of the places, the next one half of the rest, and one is left for each of several", async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const intake = createIntake(32);
  const taken: number[] = [];
  for (const tenant of ["a", "b", "c", "d", "e", "f"]) taken.push(await fill(intake, tenant, 40, promise));
  expect(taken).toEqual([16, 8, 4, 2, 1, 1]);
  await expect(intake.run("g", () => Promise.resolve())).rejects.toMatchObject({
    code: "OVERLOADED",
    retryAfterMs: 2_000,
  });
  resolve();
});

test("places are free again when their work has ended or failed", async () => {
  const intake = createIntake(2);
  await expect(intake.run("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(await intake.run("a", () => Promise.resolve("done"))).toBe("done");
  expect(await intake.run("a", () => intake.run("b", () => Promise.resolve("both")))).toBe("both");
});
