import type { RequestListener } from "node:http";
import { describe, expect, test } from "@jest/globals";
import { startHttpServer, startTlsServer } from "../../../test/helpers/local-server.ts";
import { classifyStatus } from "./classify.ts";
import { serverIdentity, testAuthority } from "./fixtures/tls/load.ts";
import { createHttp, type HttpRequest } from "./http.ts";

const limits = { signal: new AbortController().signal, timeoutMs: 5_000, maxBytes: 1_000 };
const WITH_CREDENTIALS: HttpRequest = {
  method: "POST",
  path: "/v1/payments?limit=1",
  headers: { authorization: "Bearer secret", cookie: "session=secret" },
  body: "secret",
};

/** Answers every request with a redirect, and records the requests. */
function redirecting(status: number, location: () => string): { listener: RequestListener; requests: string[] } {
  const requests: string[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push(`${request.method} ${request.url}`);
    response.writeHead(status, { location: location() }).end();
  };
  return { listener, requests };
}

const STATUSES = [301, 302, 303, 307, 308];

describe.each(STATUSES)("a redirect with status %i is returned as a refusal (F38)", (status) => {
  const where: readonly (readonly [string, (other: string, own: string) => string])[] = [
    ["another host", (other) => `${other}/steal`],
    ["another host without a scheme", (other) => `${other.replace("http:", "")}/steal`],
    ["another host over TLS", (other) => `${other.replace("http:", "https:")}/steal`],
    ["another host that begins like this one", (other, own) => `${own}@${other.replace("http://", "")}/steal`],
    ["another place on the same host", () => "/v1/elsewhere"],
    ["the same place", () => WITH_CREDENTIALS.path],
  ];

  test.each(where)("to %s: not followed, and nothing is sent there", async (_name, location) => {
    await using other = await startHttpServer((_request, response) => void response.end());
    let own = "";
    const { listener, requests } = redirecting(status, () => location(other.url, own));
    await using server = await startHttpServer(listener);
    own = server.url;
    const http = createHttp({ baseUrl: server.url, connections: 2 });
    const answer = await http.send(WITH_CREDENTIALS, limits);
    await http.close();
    expect(answer.status).toBe(status);
    expect(classifyStatus(answer, Date.now())).toMatchObject({ code: "UPSTREAM_REJECTED", retryable: false });
    expect([requests, other.opened()]).toEqual([["POST /v1/payments?limit=1"], 0]);
  });

  test("from TLS to plain HTTP: not followed, and nothing is sent in plain text", async () => {
    await using plain = await startHttpServer((_request, response) => void response.end());
    const { listener, requests } = redirecting(status, () => `${plain.url}/v1/payments`);
    await using server = await startTlsServer(await serverIdentity("localhost"), listener);
    const http = createHttp({ baseUrl: server.url, connections: 2, ca: testAuthority });
    const answer = await http.send(WITH_CREDENTIALS, limits);
    await http.close();
    expect([answer.status, requests.length, plain.opened()]).toEqual([status, 1, 0]);
  });
});

test("a redirect into our own network is not followed either (F38, F106)", async () => {
  const { listener } = redirecting(302, () => "http://169.254.169.254/latest/meta-data");
  await using server = await startHttpServer(listener);
  const http = createHttp({ baseUrl: server.url, connections: 1 });
  expect((await http.send(WITH_CREDENTIALS, limits)).status).toBe(302);
  await http.close();
});
