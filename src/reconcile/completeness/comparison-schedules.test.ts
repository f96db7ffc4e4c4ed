import { expect, test } from "@jest/globals";
import { connectors } from "../../connectors/registry.generated.ts";
import type { AnyConnector } from "../../connector-api/connector.ts";
import { registryOf } from "../../sources/source-registry.ts";
import type { OwnComparisons, Source } from "../../sources/source.ts";
import { createComparisonSchedules } from "./comparison-schedules.ts";

/** @param change of a source of Stripe that is polled every minute */
async function scheduleOf(change: Partial<Source>, tenantId = "acme") {
  const source: Source = {
    id: "one",
    tenantId: "acme",
    connector: connectorNamed("stripe"),
    config: {},
    scheduleMs: 60_000,
    credential: "",
    client() {
      throw new Error("it is not called");
    },
    ...change,
  };
  const schedules = createComparisonSchedules({ sources: registryOf([source]), everyMs: 86_400_000, days: 7 });
  return schedules.find(tenantId, "one");
}

function connectorNamed(name: string): AnyConnector {
  const found = Object.hasOwn(connectors, name) ? connectors[name] : undefined;
  if (found === undefined) throw new Error(`there is no connector ${name}`);
  return found;
}

test.each<[string, OwnComparisons | undefined, { readonly everyMs: number | undefined; readonly days: number }]>([
  ["nothing", undefined, { everyMs: 86_400_000, days: 7 }],
  ["an interval", { everyMs: 3_600_000 }, { everyMs: 3_600_000, days: 7 }],
  ["a number of days", { days: 31 }, { everyMs: 86_400_000, days: 31 }],
  ["off", { everyMs: "off", days: 2 }, { everyMs: undefined, days: 2 }],
])(
  "a source that states %s is compared by that, and otherwise by the operator's settings",
  async (_, own, expected) => {
    expect(await scheduleOf({ reconcile: own })).toEqual(expected);
  },
);

test("a source that is polled on demand only is compared on request only", async () => {
  expect(await scheduleOf({ scheduleMs: undefined, reconcile: { everyMs: 3_600_000 } })).toEqual({
    everyMs: undefined,
    days: 7,
  });
});

test("a source of files has no schedule, because no stream of it can be compared", async () => {
  expect(await scheduleOf({ connector: connectorNamed("iso20022-bank") })).toBeUndefined();
});

test("a source of another tenant has no schedule", async () => {
  expect(await scheduleOf({}, "umbrella")).toBeUndefined();
});
