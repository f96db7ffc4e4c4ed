import { expect, test } from "@jest/globals";
import { startHttpServer } from "../../test/helpers/local-server.ts";
import { singleBucket } from "../connector-api/budget.ts";
import { ServiceError } from "../domain/error.ts";
import { createUpstream } from "./upstream.ts";

test("calls that wait behind an unresponsive upstream are not reported as rate limited (F24)", async () => {
  await using server = await startHttpServer(() => undefined);
  const upstream = createUpstream({
    target: { baseUrl: server.url, credential: "k" },
    budget: singleBucket({ requestsPerSecond: 25, maxConcurrent: 5 }),
    graceMs: 0,
  });
  const client = upstream.client("interactive");
  const request = { method: "GET", path: "/", headers: {} } as const;
  const codes = await Promise.all(
    Array.from({ length: 40 }, () =>
      client.send(request, new AbortController().signal).catch((reason: unknown) => ServiceError.from(reason)),
    ),
  );
  await upstream.close();
  const counts = Map.groupBy(codes, (code) => (code instanceof ServiceError ? code.code : "answered"));
  expect([...counts.keys()].toSorted()).toEqual(["OVERLOADED", "UPSTREAM_UNAVAILABLE"]);
});
