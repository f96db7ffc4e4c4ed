import { expect, test } from "@jest/globals";
import { changeOf, scheduleText, type SettingsForm } from "./source-change.ts";

const UNCHANGED: SettingsForm = {
  schedule: "5m",
  limits: "keep",
  rates: "",
  maxConcurrent: "",
  networks: "keep",
  networkList: "",
  name: "",
  value: "",
};
const change = (form: Partial<SettingsForm>) => changeOf("stripe-1", "5m", { ...UNCHANGED, ...form });

test.each([
  [null, "manual"],
  [30, "30s"],
  [90, "90s"],
  [300, "5m"],
  [7_200, "2h"],
])("a schedule of %s seconds is written as %s", (seconds, text) => {
  expect(scheduleText(seconds)).toBe(text);
});

test("only what was changed is sent", () => {
  expect(change({})).toBeUndefined();
  expect(change({ schedule: "manual" })).toEqual({ sourceId: "stripe-1", schedule: "manual" });
  expect(change({ limits: "own" })).toEqual({ sourceId: "stripe-1", budget: null });
  expect(change({ limits: "these", rates: "account = 10, endpoint/charges=2.5", maxConcurrent: "4" })).toEqual({
    sourceId: "stripe-1",
    budget: {
      rates: [
        { bucket: "account", perSecond: 10 },
        { bucket: "endpoint/charges", perSecond: 2.5 },
      ],
      maxConcurrent: 4,
    },
  });
  expect(change({ networks: "these", networkList: "10.0.0.0/8, fd12::/32" })).toEqual({
    sourceId: "stripe-1",
    networks: ["10.0.0.0/8", "fd12::/32"],
  });
  expect(change({ networks: "these" })).toEqual({ sourceId: "stripe-1", networks: [] });
});

test.each([
  ["", null],
  ["https://api.example", "https://api.example"],
  ["true", true],
  ["12", 12],
  ['["acct_1"]', ["acct_1"]],
  ['"12"', "12"],
])("a setting with the value %j is sent as %j", (value, sent) => {
  expect(change({ name: "option", value })).toEqual({ sourceId: "stripe-1", settings: { option: sent } });
});

test.each(["account", "account=", "account=x", "=5"])("the limits %j are a mistake that is named", (rates) => {
  expect(() => change({ limits: "these", rates })).toThrow(/^Limits must be written like account=10/);
});
