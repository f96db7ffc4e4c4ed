import { expect, test } from "@jest/globals";
import Fastify from "fastify";
import { once } from "node:events";
import { type AddressInfo, connect } from "node:net";
import { limitBodyTime } from "./body-deadline.ts";
import { createErrorFormatter } from "./graphql/format-error.ts";

/** Sends half of a body; resolves with the response until the connection is closed. */
async function halfOf(port: number, path: string, rest: string | undefined): Promise<string> {
  const socket = connect(port, "127.0.0.1");
  let answer = "";
  socket.on("data", (chunk: Buffer) => (answer += chunk.toString("latin1")));
  socket.write(`PUT ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: 4\r\n\r\nab`);
  if (rest !== undefined) setTimeout(() => socket.write(rest), 300);
  await once(socket, "close");
  return answer;
}

test("a client that sends a body too slowly is disconnected, except for a file", async () => {
  const app = Fastify({ forceCloseConnections: true });
  limitBodyTime(app, 100, createErrorFormatter({ log: app.log }));
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  app.put("/query", (request) => request.body);
  app.put("/file", { config: { isUpload: true } }, (request) => request.body);
  app.addHook("onRequest", (request, _reply, done) => {
    request.headers["content-type"] = "text/x-any";
    done();
  });
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo; // it listens on a port, not on a pipe
  expect(await halfOf(port, "/query", undefined)).toMatch(
    /^HTTP\/1\.1 408 [\s\S]*"code":"REQUEST_TIMEOUT","requestId":"[^"]+"/,
  );
  expect(await halfOf(port, "/file", "cd")).toMatch(/^HTTP\/1\.1 200 [\s\S]*abcd$/);
  await app.close();
});
