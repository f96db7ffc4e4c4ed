import { expect, test } from "@jest/globals";
import { didYouMean, nearest } from "./did-you-mean.ts";

const NAMES = ["apiKey", "baseUrl", "webhookSecrets", "connectedAccounts"];

test.each([
  ["apikey", "apiKey"],
  ["apiKye", "apiKey"],
  ["apiKeys", "apiKey"],
  ["base_url", "baseUrl"],
  ["webhookSecret", "webhookSecrets"],
  ["conectedAcounts", "connectedAccounts"],
])("%s is probably %s", (word, meant) => {
  expect(nearest(word, NAMES)).toBe(meant);
});

test.each(["", "key", "url", "colour", "secret", "x".repeat(10_000)])("%s is near to none", (word) => {
  expect(nearest(word, NAMES)).toBeUndefined();
});

test("the nearest of several is taken, the first of equal ones", () => {
  expect(nearest("tenant", ["tenants", "tenant"])).toBe("tenant");
  expect(nearest("sourced", ["sources", "sourcer"])).toBe("sources");
});

test("only a text can be misspelt", () => {
  expect(didYouMean("strpe", ["plaid", "stripe"])).toBe('; did you mean "stripe"?');
  expect(didYouMean("other", ["plaid", "stripe"])).toBe("");
  expect(didYouMean(7, ["7"])).toBe("");
});
