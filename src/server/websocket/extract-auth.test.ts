import { expect, test } from "@jest/globals";
import { extractAuth } from "./extract-auth.ts";

const UPGRADE = { authorization: "Bearer from-upgrade", "x-router-secret": "from-upgrade" };

test.each([
  ["flat token", { token: "abc" }],
  ["flat header value", { authorization: "Bearer abc" }],
  ["capitalised", { Authorization: "Bearer abc" }],
  ["in upper case", { AUTHORIZATION: "Bearer abc" }],
  ["nested, as Apollo Router sends it", { connectionParams: { token: "Bearer abc" } }],
  ["nested header value", { connectionParams: { Authorization: "Bearer abc" } }],
  ["headers, as Apollo Client users send it", { headers: { authorization: "Bearer abc" } }],
  ["capitalised in headers", { headers: { Authorization: "abc" } }],
  ["headers of nested params", { connectionParams: { headers: { Authorization: "Bearer abc" } } }],
  ["beside a field of another type", { token: 1, headers: { Authorization: "abc" } }],
  ["beside an empty one", { authorization: "", connectionParams: { token: "abc" } }],
])("takes the token from connection_init: %s", (_name, payload) => {
  expect(extractAuth(payload, UPGRADE).authorization).toBe("Bearer abc");
});

test.each([[undefined], [null], ["abc"], [{}], [{ token: "" }], [{ connectionParams: "abc" }], [[]], [["token"]]])(
  "falls back to the upgrade request when connection_init is %p",
  (payload) => {
    expect(extractAuth(payload, UPGRADE)).toEqual({
      authorization: "Bearer from-upgrade",
      routerSecret: "from-upgrade",
    });
    expect(extractAuth(payload, {})).toEqual({ authorization: undefined, routerSecret: undefined });
  },
);

test("the outermost token wins, and the secret of a gateway may be anywhere else", () => {
  const payload = {
    authorization: "Bearer first",
    headers: { authorization: "Bearer third", "X-Router-Secret": "secret" },
    connectionParams: { authorization: "Bearer second" },
  };
  expect(extractAuth(payload, {})).toEqual({ authorization: "Bearer first", routerSecret: "secret" });
});
