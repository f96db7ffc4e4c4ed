import { describe, expect, test } from "@jest/globals";
import { startHttpServer } from "../../test/helpers/local-server.ts";
import { eventually } from "../../test/helpers/eventually.ts";
import { singleBucket } from "../connector-api/budget.ts";
import { createUpstream, type Upstream } from "./upstream.ts";
import { createUpstreamPool } from "./upstream-pool.ts";

const GET = { method: "GET", path: "/things", headers: {} } as const;
const FOREVER = new AbortController().signal;

/** A server that answers when told to, and a pool with one credential for it. */
async function openPool(idleMs?: number) {
  const waiting: (() => void)[] = [];
  const server = await startHttpServer((_request, response) => void waiting.push(() => response.writeHead(200).end()));
  const pool = createUpstreamPool(idleMs === undefined ? {} : { idleMs });
  let created = 0;
  const create = (): Upstream => {
    created += 1;
    return createUpstream({
      target: { baseUrl: server.url, credential: "key" },
      budget: singleBucket({ requestsPerSecond: 1_000, maxConcurrent: 10 }),
    });
  };
  const client = pool.client("key", create, "incremental", "acme");
  return {
    pool,
    created: () => created,
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
    await using opened = await openPool(1);
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
});
