import { describe, expect, test } from "@jest/globals";
import { startHttpServer } from "../../test/helpers/local-server.ts";
import { singleBucket } from "../connector-api/budget.ts";
import { systemClock } from "../runtime/clock.ts";
import { Budget } from "./budget/budget.ts";
import { createLocalStore } from "./budget/local-store.ts";
import { wholeShare } from "./budget/share.ts";
import { createPlatformBudgets } from "./platform-budgets.ts";
import { createUpstream } from "./upstream.ts";

const GET = { method: "GET", path: "/things", headers: {} } as const;
const FOREVER = new AbortController().signal;
const PER_SECOND = 10;

function createBudget(): Budget {
  return new Budget({
    credential: "platform",
    policy: singleBucket({ requestsPerSecond: PER_SECOND, maxConcurrent: undefined }),
    store: createLocalStore(systemClock),
    join: wholeShare,
    clock: systemClock,
    onClosed: () => undefined,
  });
}

describe("the budget of a platform", () => {
  test("limits all its sources together, although each could call more often", async () => {
    await using server = await startHttpServer((_request, response) => void response.writeHead(200).end());
    const budgets = createPlatformBudgets();
    const upstreams = ["one", "two", "three"].map((credential) =>
      createUpstream({
        target: { baseUrl: server.url, credential },
        budget: singleBucket({ requestsPerSecond: 1_000, maxConcurrent: 10 }),
        takePlatformBudget: () => budgets.take("platform", createBudget),
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

  test("exists while one of its sources is open, and is created anew afterwards", () => {
    const budgets = createPlatformBudgets();
    let created = 0;
    const create = (): Budget => {
      created += 1;
      return createBudget();
    };
    const first = budgets.take("platform", create);
    const second = budgets.take("platform", create);
    expect([second.budget === first.budget, created]).toEqual([true, 1]);
    first.release();
    const third = budgets.take("platform", create);
    expect([third.budget === first.budget, created]).toEqual([true, 1]);
    second.release();
    third.release();
    expect([budgets.take("platform", create).budget === first.budget, created]).toEqual([false, 2]);
  });
});
