import { describe, expect, test } from "@jest/globals";
import { startHttpServer } from "../../test/helpers/local-server.ts";
import { eventually } from "../../test/helpers/eventually.ts";
import { singleBucket } from "../connector-api/budget.ts";
import { createUpstream, type Upstream } from "./upstream.ts";
import type { UpstreamSettings } from "./upstream-settings.ts";
import { createUpstreamPool, type UpstreamPoolOptions } from "./upstream-pool.ts";

const GET = { method: "GET", path: "/things", headers: {} } as const;
const LIMITS = { requestsPerSecond: 1_000, maxConcurrent: 10 };
const FOREVER = new AbortController().signal;

/** A server that answers when told to, and a pool with one credential for it. */
async function openPool(options: UpstreamPoolOptions = {}) {
  const waiting: (() => void)[] = [];
  const server = await startHttpServer((_request, response) => void waiting.push(() => response.writeHead(200).end()));
  const pool = createUpstreamPool(options);
  let created = 0;
  const bind = (limits: Partial<typeof LIMITS> = {}, networks: readonly string[] = [], credential = "key") => {
    const settings = { budget: singleBucket({ ...LIMITS, ...limits }), networks };
    const create = (newest: UpstreamSettings): Upstream => {
      created += 1;
      return createUpstream({ target: { baseUrl: server.url, credential }, ...newest });
    };
    pool.set(credential, () => settings);
    return pool.client({ credential, settings: () => settings, create }, "incremental", "acme");
  };
  const client = bind();
  return {
    pool,
    bind,
    created: () => created,
    waiting: () => waiting.length,
    call: () => client.send(GET, FOREVER),
    async answer() {
      await eventually("a call", () => waiting.length > 0);
      waiting.shift()?.();
    },
    async [Symbol.asyncDispose]() {
      await pool.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe("the upstreams in use", () => {
  test("are opened by the first call, and shared by all calls with the credential", async () => {
    await using opened = await openPool();
    expect([opened.created(), opened.pool.open.size]).toEqual([0, 0]);
    const calls = [opened.call(), opened.call()];
    await opened.answer();
    await opened.answer();
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200]);
    expect([opened.created(), [...opened.pool.open.keys()]]).toEqual([1, ["key"]]);
  });

  test("are closed when they are idle, never during a call, and opened again by the next one", async () => {
    await using opened = await openPool({ idleMs: 1 });
    const long = opened.call();
    const short = opened.call();
    await opened.answer();
    await Promise.race([long, short]);
    expect(opened.pool.open.size).toBe(1); // the other call still runs
    await opened.answer();
    await Promise.all([long, short]);
    await eventually("the upstream to be closed", () => opened.pool.open.size === 0);
    const again = opened.call();
    await opened.answer();
    expect((await again).status).toBe(200);
    expect(opened.created()).toBe(2);
  });

  test("are kept up to a number while they are idle: the one that was called longest ago is closed first", async () => {
    await using opened = await openPool({ maxIdle: 2 });
    const use = async (credential: string) => {
      const sent = opened.bind({}, [], credential).send(GET, FOREVER);
      await opened.answer();
      await sent;
    };
    for (const credential of ["a", "b", "a", "c"]) await use(credential);
    expect([...opened.pool.open.keys()].toSorted()).toEqual(["a", "c"]);
    const running = ["d", "e", "f"].map((credential) => opened.bind({}, [], credential).send(GET, FOREVER));
    await eventually("three calls at a time", () => opened.waiting() === 3);
    expect(opened.pool.open.size).toBe(5); // a call in flight needs its upstream
    for (const _ of running) await opened.answer();
    await Promise.all(running);
    expect(opened.pool.open.size).toBe(2);
  });

  test("are at most a hundred while they are idle, if nothing else is set", async () => {
    await using opened = await openPool();
    for (let index = 0; index <= 100; index += 1) {
      const sent = opened.bind({}, [], `key-${index}`).send(GET, FOREVER);
      await opened.answer();
      await sent;
    }
    expect(opened.pool.open.size).toBe(100);
    expect(opened.pool.open.has("key-0")).toBe(false);
  });

  test("take over the settings of a changed source at once, also for clients that were created before", async () => {
    await using opened = await openPool();
    const first = opened.call();
    await eventually("the call to arrive", () => opened.waiting() === 1);
    const changed = opened.bind({ maxConcurrent: 2 }, ["10.0.0.0/8"]);
    const calls = [opened.call(), changed.send(GET, FOREVER), opened.call()];
    await eventually("the second call to arrive", () => opened.waiting() === 2);
    await opened.answer(); // the call in flight ends as it was
    expect((await first).status).toBe(200);
    await eventually("a third call to arrive", () => opened.waiting() === 2);
    const [upstream] = opened.pool.open.values();
    expect(upstream?.budget.permits.load()).toEqual({ calls: 2, needed: 3 });
    for (const _ of calls) await opened.answer();
    expect((await Promise.all(calls)).map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(opened.created()).toBe(1);
  });

  test("lease permits at a changed rate", async () => {
    await using opened = await openPool();
    const call = async () => {
      const sent = opened.call();
      await opened.answer();
      await sent;
    };
    await call();
    const rate = () => [...opened.pool.open.values()].flatMap(({ budget }) => budget.buckets().map((one) => one.rate));
    expect(rate()).toEqual([1_000]);
    opened.bind({ requestsPerSecond: 10 });
    await eventually("the changed rate", async () => {
      await call();
      return rate()[0] === 10;
    });
  });

  test("are opened with the settings of the newest source", async () => {
    await using opened = await openPool();
    opened.bind({ requestsPerSecond: 7 });
    const sent = opened.call();
    await opened.answer();
    await sent;
    expect([...opened.pool.open.values()][0]?.budget.buckets()).toMatchObject([{ rate: 7 }]);
  });
});
