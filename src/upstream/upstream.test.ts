import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { describe, expect, test } from "@jest/globals";
import { NO_LIMIT, type RefusedAnswer, singleBucket } from "../connector-api/budget.ts";
import { startHttpServer, startRawServer } from "../../test/helpers/local-server.ts";
import type { UpstreamRequest, UpstreamResponse } from "../connector-api/client.ts";
import { ServiceError } from "../domain/error.ts";
import { ExactNumber } from "../protocols/rest/exact-number.ts";
import { readJson } from "../protocols/rest/read-json.ts";
import type { Lane } from "./budget/lane.ts";
import type { CallObservation } from "./observe.ts";
import { createUpstream, type UpstreamOptions } from "./upstream.ts";

const GET: UpstreamRequest = { method: "GET", path: "/v1/things", headers: {} };
const GET_JSON: UpstreamRequest = { ...GET, expect: "json" };
const POST: UpstreamRequest = { method: "POST", path: "/v1/things", headers: {}, body: "a=1" };
const KEYED_POST: UpstreamRequest = { ...POST, idempotencyKey: "k1" };
const FOREVER = new AbortController().signal;

/** An upstream without pauses between attempts (unless given), with its reports. */
function open(baseUrl: string, options: Partial<UpstreamOptions> = {}) {
  const observed: CallObservation[] = [];
  const upstream = createUpstream({
    target: { baseUrl, credential: "sk_secret" },
    budget: singleBucket({ requestsPerSecond: 10_000, maxConcurrent: 10 }),
    random: () => 0,
    onCall: (observation) => observed.push(observation),
    graceMs: 200,
    ...options,
  });
  return {
    ...upstream,
    observed,
    send: (request: UpstreamRequest, lane: Lane = "incremental") => upstream.client(lane).send(request, FOREVER),
    [Symbol.asyncDispose]: () => upstream.close(),
  };
}

async function failure(answer: Promise<UpstreamResponse>): Promise<ServiceError> {
  const reason: unknown = await answer.then(
    () => new Error("it was answered"),
    (error: unknown) => error,
  );
  if (reason instanceof ServiceError) return reason;
  throw reason;
}

type Answer = (response: ServerResponse, request: IncomingMessage) => void;
const json =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, { "content-type": "application/json", ...headers }).end(body);

/** Answers the nth request with the nth response, and all further ones with the last. */
async function startScript(...answers: readonly [Answer, ...Answer[]]) {
  const requests: string[] = [];
  const server = await startHttpServer((request, response) => {
    const answer = answers[requests.length] ?? answers.at(-1);
    requests.push(`${request.method} ${request.url}`);
    request.resume().on("end", () => answer?.(response, request));
  });
  return { ...server, requests };
}

describe("a read is repeated until its response is complete", () => {
  const cut: Answer = (response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
    response.write('{"data":[', () => response.destroy());
  };
  const chunkCut: Answer = (response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write('{"data":[', () => response.destroy());
  };
  const untilClose: Answer = (response) => {
    response.socket?.end('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{"data":[');
  };
  const html: Answer = (response) =>
    void response.writeHead(200, { "content-type": "text/html" }).end("<html>oops</html>");

  test.each<[string, Answer]>([
    ["shorter than announced (F25)", cut],
    ["with a chunk cut off (F25)", chunkCut],
    ["cut off where only the end of the connection tells its end (F25)", untilClose],
    ["an HTML page with status 200 (F25)", html],
    ["an HTML page that claims to be JSON (F25)", json(200, "<html></html>")],
    ["empty with status 200 (F25)", json(200, "")],
    ["500", json(500, '{"error":{}}')],
    ["409, locked", json(409, '{"error":{}}')],
    ["a reset connection", (response) => void response.socket?.resetAndDestroy()],
  ])("when the first response is %s", async (_name, first) => {
    await using server = await startScript(first, json(200, '{"amount":9007199254740993,"rate":1.10}'));
    await using upstream = open(server.url);
    const response = await upstream.send(GET_JSON);
    expect(readJson(response)).toEqual({ amount: 9007199254740993n, rate: new ExactNumber("1.10") });
    expect(response.json).toBe(readJson(response));
    expect(server.requests.length).toBe(2);
  });

  test("an HTML 404 where a 404 is an expected status does not make the object deleted (F25)", async () => {
    const notFound: Answer = (response) => void response.writeHead(404, { "content-type": "text/html" }).end("<html>");
    await using server = await startScript(notFound, json(404, '{"error":{"code":"resource_missing"}}'));
    await using upstream = open(server.url);
    const response = await upstream.send({ ...GET_JSON, acceptStatus: [404] });
    expect([response.status, response.json]).toEqual([404, { error: { code: "resource_missing" } }]);
    expect(server.requests.length).toBe(2);
  });

  test("without `expect`, the bytes are returned as they are", async () => {
    await using server = await startScript(html);
    await using upstream = open(server.url);
    const response = await upstream.send(GET);
    expect(new TextDecoder().decode(response.body)).toBe("<html>oops</html>");
    expect("json" in response).toBe(false);
  });
});

describe("a refusal is not repeated", () => {
  test.each([
    [400, "UPSTREAM_REJECTED"],
    [401, "UPSTREAM_UNAUTHORIZED"],
    [403, "UPSTREAM_UNAUTHORIZED"],
    [404, "UPSTREAM_REJECTED"],
  ])("status %i: one call (F29)", async (status, code) => {
    await using server = await startScript(json(status, '{"error":{"message":"secret"}}', { "retry-after": "0" }));
    await using upstream = open(server.url);
    const error = await failure(upstream.send(GET_JSON));
    expect([error.code, server.requests.length]).toEqual([code, 1]);
    expect(error.message).not.toContain("secret");
  });

  test("a redirect to another host: not followed, and credentials are not sent there (F38)", async () => {
    await using other = await startScript(json(200, "{}"));
    await using server = await startScript(json(302, "", { location: `${other.url}/v1/things` }));
    await using upstream = open(server.url);
    const error = await failure(upstream.send({ ...GET_JSON, headers: { authorization: "Bearer sk_secret" } }));
    expect([error.code, server.requests.length, other.requests.length]).toEqual(["UPSTREAM_REJECTED", 1, 0]);
  });
});

describe("an upstream that requests a pause", () => {
  test("in seconds is called by no lane until then, and is called again afterwards (F19)", async () => {
    const times: number[] = [];
    await using server = await startScript(
      (response) => {
        times.push(performance.now());
        json(429, "{}", { "retry-after": "1" })(response, response.req);
      },
      (response) => {
        times.push(performance.now());
        json(200, "{}")(response, response.req);
      },
    );
    const observed: CallObservation[] = [];
    const refusedOnce = Promise.withResolvers<void>();
    const onCall = (observation: CallObservation): void => {
      observed.push(observation);
      refusedOnce.resolve();
    };
    await using upstream = open(server.url, { onCall });
    const first = upstream.send(GET_JSON, "backfill");
    await refusedOnce.promise;
    await Promise.all([first, upstream.send(GET_JSON, "interactive"), upstream.send(GET_JSON, "write")]);
    const [refused = 0, ...later] = times;
    expect(later.length).toBe(3);
    expect(Math.min(...later) - refused).toBeGreaterThanOrEqual(995); // the pause begins when its response has arrived
    expect(observed.map(({ status, code, attempt }) => [status, code, attempt])).toEqual([
      [429, "UPSTREAM_RATE_LIMITED", 1],
      [200, undefined, 1],
      [200, undefined, 1],
      [200, undefined, 2],
    ]);
  });

  test.each([429, 503])(
    "longer than an interactive deadline: %i refuses such a call at once with the time (F19)",
    async (status) => {
      await using server = await startScript(json(status, "{}", { "retry-after": "600" }));
      await using upstream = open(server.url);
      const first = await failure(upstream.send(GET_JSON, "interactive"));
      expect([first.code, first.retryAfterMs]).toEqual([
        status === 429 ? "UPSTREAM_RATE_LIMITED" : "UPSTREAM_UNAVAILABLE",
        600_000,
      ]);
      const second = await failure(upstream.send(GET_JSON, "interactive"));
      expect(second.code).toBe("UPSTREAM_RATE_LIMITED");
      expect(second.retryAfterMs).toBeGreaterThan(590_000);
      expect(second.retryAfterMs).toBeLessThanOrEqual(600_000);
      expect(server.requests.length).toBe(1);
    },
  );

  test("until a past date or in an unknown format gets our own backoff (F20)", async () => {
    const past = json(429, "{}", { "retry-after": "Sun, 06 Nov 1994 08:49:37 GMT" });
    const garbage = json(429, "{}", { "retry-after": "-1e9 moons" });
    await using server = await startScript(past, garbage, json(200, "{}"));
    await using upstream = open(server.url);
    expect((await upstream.send(GET_JSON)).status).toBe(200);
    expect(server.requests.length).toBe(3);
  });

  test("for one locked object does not delay other calls", async () => {
    await using server = await startScript(json(409, "{}", { "retry-after": "600" }), json(200, "{}"));
    await using upstream = open(server.url);
    expect((await failure(upstream.send(KEYED_POST, "write"))).retryAfterMs).toBe(600_000);
    expect((await upstream.send(GET_JSON, "interactive")).status).toBe(200);
  });
});

describe("a 429 that the connector knows to be about one object", () => {
  const budget = {
    ...singleBucket({ requestsPerSecond: 10_000, maxConcurrent: 10 }),
    refusedBy: ({ body }: RefusedAnswer) => (Buffer.from(body).includes("locked") ? NO_LIMIT : undefined),
  };
  test("C8: is repeated for any number of such responses, opens no breaker and reduces no rate", async () => {
    let seen = 0;
    await using server = await startHttpServer((request, response) => {
      seen += 1;
      const isLocked = seen % 3 !== 0; // two of three calls: more than an outage needs to open the breaker
      json(isLocked ? 429 : 200, isLocked ? '{"error":"locked"}' : "{}")(response, request);
    });
    await using upstream = open(server.url, { budget });
    for (let call = 0; call < 30; call += 1) expect((await upstream.send(GET_JSON)).status).toBe(200);
    expect(upstream.breaker()).toBe("CLOSED");
    expect(upstream.budget.buckets()).toMatchObject([{ name: "calls", rate: 10_000, closedForMs: 0 }]);
    expect(upstream.observed.filter(({ code }) => code === "UPSTREAM_RATE_LIMITED")).toEqual([]);
  });

  test("C8: delays only its own call, for the requested time", async () => {
    await using server = await startScript(json(429, '"locked"', { "retry-after": "600" }), json(200, "{}"));
    await using upstream = open(server.url, { budget });
    expect(await failure(upstream.send(GET_JSON))).toMatchObject({
      code: "UPSTREAM_UNAVAILABLE",
      retryAfterMs: 600_000,
    });
    expect((await upstream.send(GET_JSON, "interactive")).status).toBe(200);
  });

  test("C8: on a write reports that nothing was done", async () => {
    await using server = await startScript(json(429, '"locked"'));
    await using upstream = open(server.url, { budget });
    expect((await failure(upstream.send(POST, "write"))).code).toBe("UPSTREAM_UNAVAILABLE");
    expect(server.requests).toHaveLength(1);
  });
});

describe("an outage", () => {
  test("of 500 responses gets the calls in progress and no more, because the breaker opens (F22)", async () => {
    await using server = await startScript(json(500, "{}"));
    await using upstream = open(server.url);
    const errors = await Promise.all(Array.from({ length: 300 }, () => failure(upstream.send(GET_JSON))));
    expect(new Set(errors.map(({ code }) => code))).toEqual(new Set(["UPSTREAM_UNAVAILABLE"]));
    expect(server.requests.length).toBeGreaterThanOrEqual(10); // the minimum number of calls to open
    expect(server.requests.length).toBeLessThanOrEqual(10 + 10); // the same number may be in progress
    expect(upstream.breaker()).toBe("OPEN");
    expect((await failure(upstream.send(GET_JSON, "interactive"))).retryAfterMs).toBeGreaterThan(0);
    expect(server.requests.length).toBeLessThanOrEqual(10 + 10);
  });

  test("without any response ends an interactive read after 5 s and closes its socket (F24)", async () => {
    await using server = await startRawServer(() => {});
    await using upstream = open(server.url);
    const started = performance.now();
    const error = await failure(upstream.send(GET_JSON, "interactive"));
    expect(error.code).toBe("UPSTREAM_UNAVAILABLE");
    expect(performance.now() - started).toBeGreaterThan(4_900);
    expect(performance.now() - started).toBeLessThan(20_000); // the next bound would be 30 s of silence
    await server.allClosed();
    expect(server.sockets.size).toBe(0);
  });
});

describe("a write whose response is lost", () => {
  const lost: Answer = (response) => void response.socket?.destroy();
  const outcomes: readonly (readonly [string, Answer])[] = [
    ["connection lost", lost],
    ["500", json(500, "{}")],
    ["answer that is no JSON", json(200, "<html>")],
  ];

  test.each(outcomes)("%s, without a key: unknown outcome, sent once", async (_name, answer) => {
    await using server = await startScript(answer, json(200, "{}"));
    await using upstream = open(server.url);
    const error = await failure(upstream.send({ ...POST, expect: "json" }, "write"));
    expect([error.code, error.retryable, server.requests.length]).toEqual(["OUTCOME_UNKNOWN", false, 1]);
  });

  test.each(outcomes)("%s, with a key: sent again", async (_name, answer) => {
    await using server = await startScript(answer, json(200, "{}"));
    await using upstream = open(server.url);
    expect((await upstream.send({ ...KEYED_POST, expect: "json" }, "write")).status).toBe(200);
    expect(server.requests).toEqual(["POST /v1/things", "POST /v1/things"]);
  });

  test("because its caller aborted after it was sent: unknown outcome", async () => {
    const caller = new AbortController();
    await using server = await startScript(() => caller.abort());
    await using upstream = open(server.url);
    expect((await failure(upstream.client("write").send(POST, caller.signal))).code).toBe("OUTCOME_UNKNOWN");
    expect((await failure(upstream.client("write").send(POST, caller.signal))).code).toBe("CANCELED");
    expect(server.requests.length).toBe(1);
  });

  test.each([429, 409, 400])("differs from status %i: nothing was done", async (status) => {
    await using server = await startScript(json(status, "{}"));
    await using upstream = open(server.url);
    expect((await failure(upstream.send(POST, "write"))).code).not.toBe("OUTCOME_UNKNOWN");
    expect(server.requests.length).toBe(1);
  });

  test("differs from a refused connection: it was never sent", async () => {
    const server = await startHttpServer(() => {});
    await server[Symbol.asyncDispose]();
    await using upstream = open(server.url);
    expect((await failure(upstream.send(POST, "write"))).code).toBe("UPSTREAM_UNAVAILABLE");
  });
});

describe("observations of upstream calls", () => {
  test("contain lane, status, code, attempt and waiting time of every attempt", async () => {
    await using server = await startScript(json(500, "{}"), json(200, "{}"));
    await using upstream = open(server.url, { budget: singleBucket({ requestsPerSecond: 2, maxConcurrent: 1 }) });
    await upstream.send(GET_JSON, "refetch");
    expect(upstream.observed).toEqual([
      {
        lane: "refetch",
        status: 500,
        code: "UPSTREAM_UNAVAILABLE",
        attempt: 1,
        waitedMs: expect.any(Number),
        headers: expect.any(Object),
        durationMs: expect.any(Number),
      },
      {
        lane: "refetch",
        status: 200,
        code: undefined,
        attempt: 2,
        waitedMs: expect.any(Number),
        headers: expect.any(Object),
        durationMs: expect.any(Number),
      },
    ]);
    const [first, second] = upstream.observed;
    expect(first?.durationMs).toBeGreaterThan(0);
    expect(second?.waitedMs).toBeGreaterThan(50); // the rest of the 500 ms between two calls
  });
});

describe("close of an upstream", () => {
  test("waits for the calls in progress, refuses new ones, and closes all sockets", async () => {
    let answer: () => void = () => {};
    const requested = Promise.withResolvers<void>();
    await using server = await startScript((response) => {
      answer = () => json(200, "{}")(response, response.req);
      requested.resolve();
    });
    const upstream = open(server.url, { graceMs: 20_000 });
    const call = upstream.send(GET_JSON);
    await requested.promise;
    const closed = upstream.close();
    expect((await failure(upstream.send(GET_JSON))).code).toBe("CANCELED");
    answer();
    expect((await call).status).toBe(200);
    await closed;
    await server.allClosed();
    expect(server.requests.length).toBe(1);
  });

  test("aborts calls that do not end by themselves, waiting and sent", async () => {
    const requested = Promise.withResolvers<Socket>();
    await using server = await startRawServer((socket) => requested.resolve(socket));
    const upstream = open(server.url, {
      budget: singleBucket({ requestsPerSecond: 100, maxConcurrent: 1 }),
      graceMs: 100,
    });
    const ended = Promise.all([failure(upstream.send(GET_JSON)), failure(upstream.send(GET_JSON))]);
    await requested.promise;
    await upstream.close();
    expect((await ended).map(({ code }) => code)).toEqual(["CANCELED", "CANCELED"]);
    await server.allClosed();
  });
});
