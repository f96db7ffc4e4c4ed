import { expect, test } from "@jest/globals";
import { statedVersion } from "./stated-version.ts";

const of = (headers: Readonly<Record<string, string>>) =>
  statedVersion({ headers, name: "api-version", pinned: "2020-09-14" });

test("the version that a response states is described beside the pinned one (F26)", () => {
  expect(of({ "api-version": "2031-01-01" })).toEqual([
    { type: "contract", subject: "API", fields: { version: "2031-01-01" }, pinned: { version: "2020-09-14" } },
  ]);
});

test.each([{}, { "api-version": "" }])(
  "a response that states no version, with the headers %j, describes none",
  (headers) => {
    expect(of(headers)).toEqual([]);
  },
);

test("a version is cut to 100 characters", () => {
  expect(of({ "api-version": "9".repeat(5_000) })[0]?.fields["version"]).toHaveLength(100);
});
