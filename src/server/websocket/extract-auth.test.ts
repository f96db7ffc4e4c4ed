import { expect, test } from "@jest/globals";
import { extractAuth } from "./extract-auth.ts";

test.each([
  ["flat token", { token: "abc" }, "Bearer abc"],
  ["flat header value", { authorization: "Bearer abc" }, "Bearer abc"],
  ["capitalised", { Authorization: "Bearer abc" }, "Bearer abc"],
  ["nested, as Apollo Router sends it", { connectionParams: { token: "Bearer abc" } }, "Bearer abc"],
  ["headers, as Apollo Client users send it", { headers: { authorization: "Bearer abc" } }, "Bearer abc"],
  ["beside a field of another type", { token: 1, headers: { Authorization: "abc" } }, "Bearer abc"],
])("takes the token from connection_init: %s", (_name, payload, expected) => {
  expect(extractAuth(payload, { authorization: "Bearer from-upgrade" })).toBe(expected);
});

test.each([[undefined], [null], ["abc"], [{}], [{ token: "" }], [{ connectionParams: "abc" }], [[]]])(
  "falls back to the upgrade request when connection_init is %p",
  (payload) => {
    expect(extractAuth(payload, { authorization: "Bearer from-upgrade" })).toBe("Bearer from-upgrade");
    expect(extractAuth(payload, {})).toBeUndefined();
  },
);
