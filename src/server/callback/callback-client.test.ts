import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { type CallbackClient, createCallbackClient } from "./callback-client.ts";

interface Call {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: unknown;
}

let gateway: Server;
let client: CallbackClient;
let url: string;
const calls: Call[] = [];
beforeAll(async () => {
  gateway = createServer((request, response) => {
    void request.toArray().then((pieces) => {
      const body: unknown = JSON.parse(Buffer.concat(pieces as Buffer[]).toString());
      calls.push({ path: request.url, headers: request.headers, body });
      response.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await once(gateway, "listening");
  url = `http://127.0.0.1:${(gateway.address() as AddressInfo).port}`; // a listening TCP server has one
  client = createCallbackClient({ origins: [url], networks: [] });
});
afterAll(async () => {
  await client.close();
  gateway.close();
});

test("every call has the id and the verifier of its subscription, and the header of the protocol", async () => {
  const to = { callbackUrl: `${url}/callback/1?a=b`, subscriptionId: "id-1", verifier: "secret", heartbeatMs: 0 };
  const options = { signal: new AbortController().signal, timeoutMs: 60_000 };
  const own = { kind: "subscription", id: "id-1", verifier: "secret" };
  const errors = [{ message: "the token expired" }];
  expect(await client.send(to, { action: "check" }, options)).toBe(true);
  expect(await client.send(to, { action: "next", payload: '{"data":{"a":1}}' }, options)).toBe(true);
  expect(await client.send(to, { action: "complete" }, options)).toBe(true);
  expect(await client.send(to, { action: "complete", errors: JSON.stringify(errors) }, options)).toBe(true);
  expect(calls.map(({ body }) => body)).toEqual([
    { ...own, action: "check" },
    { ...own, action: "next", payload: { data: { a: 1 } } },
    { ...own, action: "complete" },
    { ...own, action: "complete", errors },
  ]);
  for (const { path, headers } of calls)
    expect([path, headers["subscription-protocol"]]).toEqual(["/callback/1?a=b", "callback/1.0"]);
});

test("a URL at another origin than the operator has allowed is refused (F106)", () => {
  for (const other of [url.replace("127.0.0.1", "localhost"), "http://127.0.0.1:1/", "https://evil.example/"])
    expect(() => client.requireAllowed(other)).toThrow("must be at an origin that the operator has allowed");
});
