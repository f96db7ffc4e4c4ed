import { describe, expect, test } from "@jest/globals";
import { startHttpServer } from "../../test/helpers/local-server.ts";
import { singleBucket } from "../connector-api/budget.ts";
import { createPlatformBudgets } from "./platform-budgets.ts";
import { createUpstream } from "./upstream.ts";

const GET = { method: "GET", path: "/things", headers: {} } as const;
const FOREVER = new AbortController().signal;
const PER_SECOND = 10;

const OPTIONS = { policy: singleBucket({ requestsPerSecond: PER_SECOND, maxConcurrent: undefined }) };

describe("the budget of a platform", () => {
  test("limits all its sources together, although each could call more often", async () => {
    await using server = await startHttpServer((_request, response) => void response.writeHead(200).end());
    const budgets = createPlatformBudgets();
    const upstreams = ["one", "two", "three"].map((credential) =>
      createUpstream({
        target: { baseUrl: server.url, credential },
        budget: singleBucket({ requestsPerSecond: 1_000, maxConcurrent: 10 }),
        takePlatformBudget: () => budgets.take("platform", OPTIONS),
      }),
    );
    const startedAtMs = performance.now();
    const calls = upstreams.flatMap((upstream) =>
      Array.from({ length: 10 }, () => upstream.client("incremental").send(GET, FOREVER)),
    );
    const answers = await Promise.all(calls);
    // A full second's permits may be used at once; a slow machine only takes longer.
    expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual((30 / PER_SECOND - 1) * 1_000 * 0.9);
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    await Promise.all(upstreams.map((upstream) => upstream.close()));
  });

  test("exists while one of its sources is open, and is created again afterwards", () => {
    const budgets = createPlatformBudgets();
    const first = budgets.take("platform", OPTIONS);
    const second = budgets.take("platform", OPTIONS);
    expect(second.budget).toBe(first.budget);
    first.release();
    const third = budgets.take("platform", OPTIONS);
    expect(third.budget).toBe(first.budget);
    second.release();
    third.release();
    expect(budgets.take("platform", OPTIONS).budget).not.toBe(first.budget);
  });
});
