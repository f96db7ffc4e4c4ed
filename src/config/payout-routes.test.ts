import { describe, expect, test } from "@jest/globals";
import type { ConfigIssue } from "./issue.ts";
import { payoutRoutesOf, payoutRoutesSchema } from "./payout-routes.ts";

const SOURCES = [
  { id: "stripe", tenant: "acme" },
  { id: "bank", tenant: "acme" },
  { id: "foreign", tenant: "umbrella" },
];
const ROUTE = { id: "main", tenant: "acme", from: { source: "stripe" }, to: { source: "bank" } };

function issuesOf(...routes: readonly object[]): readonly ConfigIssue[] {
  const issues: ConfigIssue[] = [];
  payoutRoutesOf(payoutRoutesSchema.parse(routes), SOURCES, issues);
  return issues;
}

describe("the routes of payouts in the settings file", () => {
  test("are read by tenant, with the steps of their fee", () => {
    const fee = [{ upTo: "10", amount: "0.25" }, { amount: "1" }];
    const issues: ConfigIssue[] = [];
    const routes = payoutRoutesOf(payoutRoutesSchema.parse([{ ...ROUTE, fee }]), SOURCES, issues);
    expect(issues).toEqual([]);
    expect(routes.get("acme")).toMatchObject([
      {
        id: "main",
        usualDays: 5,
        fee: [
          { upTo: "10", amount: "0.25" },
          { upTo: undefined, amount: "1" },
        ],
      },
    ]);
  });

  test.each([
    ["9.5", "10", []],
    ["0.5", "0.50", [{ path: "payoutRoutes[0].fee[1].upTo", expected: "must be more than 0.5" }]],
    ["100", "20.000001", [{ path: "payoutRoutes[0].fee[1].upTo", expected: "must be more than 100" }]],
  ])("compare the steps of a fee as amounts: %s, then %s", (first, second, expected) => {
    const fee = [{ upTo: first, amount: "1" }, { upTo: second, amount: "2" }, { amount: "3" }];
    expect(issuesOf({ ...ROUTE, fee })).toEqual(expected);
  });

  test("are refused for every mistake, by its path", () => {
    const step = { ...ROUTE, fee: [{ amount: "1" }, { amount: "2" }] };
    const paths = issuesOf(
      step,
      { ...ROUTE, to: { source: "foreign" } },
      { ...ROUTE, id: "b", to: { source: "stripe" } },
    );
    expect(paths.map(({ path }) => path)).toEqual([
      "payoutRoutes[0].fee[0].upTo",
      "payoutRoutes[1].id",
      "payoutRoutes[1].to.source",
      "payoutRoutes[2].to.source",
    ]);
    expect(payoutRoutesSchema.safeParse([{ ...ROUTE, fee: 0.25 }]).success).toBe(false);
  });
});
