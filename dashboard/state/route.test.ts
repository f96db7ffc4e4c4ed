import { expect, test } from "@jest/globals";
import { linkTo, parseRoute } from "./route.ts";

test.each([
  ["", { page: "overview", id: undefined, params: {} }],
  ["#/", { page: "overview", id: undefined, params: {} }],
  [
    "#/deliveries/dlv_1?status=PARKED&code=A%20B",
    { page: "deliveries", id: "dlv_1", params: { status: "PARKED", code: "A B" } },
  ],
  ["#/sources/a%2Fb", { page: "sources", id: "a/b", params: {} }],
  ["#/sources/%E0%A4%A", { page: "sources", id: "%E0%A4%A", params: {} }],
])("%s is a place in the dashboard", (hash, expected) => {
  expect(parseRoute(hash)).toEqual(expected);
});

test("a link leads to the place that it was made of, also with characters of its own form", () => {
  const link = linkTo("sources", "a/b?c#d", { status: "&=", code: undefined, type: "" });
  expect(parseRoute(link)).toEqual({ page: "sources", id: "a/b?c#d", params: { status: "&=" } });
});
