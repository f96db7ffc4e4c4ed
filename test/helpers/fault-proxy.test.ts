import { describe, expect, test } from "@jest/globals";
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { eventually } from "./eventually.ts";
import { type FaultProxy, startFaultProxy } from "./fault-proxy.ts";
import { type LocalServer, startRawServer } from "./local-server.ts";

interface Line extends AsyncDisposable {
  readonly proxy: FaultProxy;
  readonly server: LocalServer;
  /** The data that has arrived at the server, and the data that has returned. */
  readonly up: () => string;
  readonly down: () => string;
  readonly client: Socket;
  /** Error code of the client's socket. */
  readonly broken: () => string | undefined;
}

/** A client of an echo server, and the proxy between them. */
async function useLine(): Promise<Line> {
  let [up, down] = ["", ""];
  let broken: string | undefined;
  const server = await startRawServer((socket, text) => {
    up += text;
    socket.write(text);
  });
  const proxy = await startFaultProxy(server.url);
  const client = connect({ host: "127.0.0.1", port: proxy.port });
  client.on("data", (data) => void (down += data.toString()));
  client.on("error", (error: NodeJS.ErrnoException) => void (broken = error.code));
  await once(client, "connect");
  return {
    proxy,
    server,
    client,
    up: () => up,
    down: () => down,
    broken: () => broken,
    async [Symbol.asyncDispose]() {
      client.destroy();
      await proxy[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe("a fault proxy", () => {
  test("forwards everything, including the end of a connection, without a fault", async () => {
    await using line = await useLine();
    line.client.end("hello");
    await once(line.client, "close");
    expect([line.up(), line.down(), line.broken()]).toEqual(["hello", "hello", undefined]);
    await eventually("no connection", () => line.proxy.connections() === 0);
    expect(line.proxy.opened()).toBe(1);
  });

  test("delays both directions, in order", async () => {
    await using line = await useLine();
    line.proxy.delay(50, 50);
    const startedMs = performance.now();
    for (const letter of "abcdefgh") line.client.write(letter);
    await eventually("the echo", () => line.down().length === 8);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(99);
    expect(line.down()).toBe("abcdefgh");
  });

  test("forwards the configured number of bytes a second", async () => {
    await using line = await useLine();
    line.proxy.throttle(10_000);
    const startedMs = performance.now();
    line.client.write("x".repeat(3_000));
    await eventually("the first bytes", () => line.up().length > 0);
    expect(line.up().length).toBeLessThan(3_000);
    await eventually("the echo", () => line.down().length === 3_000);
    expect(performance.now() - startedMs).toBeGreaterThanOrEqual(295);
  });

  test("forwards at once what is in transit over a slow line that is healed", async () => {
    await using line = await useLine();
    line.proxy.throttle(1); // the rest would take an hour
    line.client.write("x".repeat(3_000));
    await eventually("the first byte", () => line.up().length > 0);
    expect(line.up().length).toBeLessThan(3_000);
    await line.proxy.heal();
    await eventually("the echo", () => line.down().length === 3_000);
  });

  test("with a one-way cut delivers what is sent, and no response until it is healed", async () => {
    await using line = await useLine();
    line.proxy.cut("down");
    line.client.write("hello");
    await eventually("what is sent", () => line.up() === "hello");
    line.proxy.cut("up");
    line.client.write(" again");
    line.client.end();
    await line.proxy.heal();
    await once(line.client, "close");
    expect([line.up(), line.down(), line.broken()]).toEqual(["hello again", "hello again", undefined]);
  });

  test("with a two-way cut forwards not even the client's end of the connection", async () => {
    await using line = await useLine();
    await eventually("the server's side", () => line.server.sockets.size === 1);
    line.proxy.cut("up", "down");
    line.client.destroy();
    await once(line.client, "close");
    expect([line.server.sockets.size, line.proxy.connections()]).toEqual([1, 1]);
    const closed = line.server.allClosed();
    await line.proxy.heal();
    await closed;
  });

  test("resets open connections", async () => {
    await using line = await useLine();
    await eventually("the server's side", () => line.server.sockets.size === 1);
    line.proxy.reset();
    await eventually("the reset", () => line.broken());
    expect(line.broken()).toBe("ECONNRESET");
    await line.server.allClosed();
  });

  test("resets in the middle of a response, for the configured count", async () => {
    await using line = await useLine();
    line.proxy.resetAfter(10, 1);
    line.client.write("x".repeat(25));
    await eventually("the reset", () => line.broken());
    expect(line.down().length).toBeLessThanOrEqual(10);
    const next = connect({ host: "127.0.0.1", port: line.proxy.port });
    next.end("y".repeat(25));
    expect(String(await once(next, "data"))).toBe("y".repeat(25));
  });

  test("refuses new connections and keeps open ones", async () => {
    await using line = await useLine();
    line.proxy.refuse();
    const refused = connect({ host: "127.0.0.1", port: line.proxy.port });
    const [error] = (await once(refused, "error")) as [NodeJS.ErrnoException]; // by the event's documentation
    expect(error.code).toBe("ECONNREFUSED");
    line.client.write("hello");
    await eventually("the echo", () => line.down() === "hello");
    await line.proxy.heal();
    const next = connect({ host: "127.0.0.1", port: line.proxy.port });
    await once(next, "connect");
    next.destroy();
  });
});
