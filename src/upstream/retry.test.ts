import { describe, expect, test } from "@jest/globals";
import { createVirtualClock } from "../../test/helpers/virtual-clock.ts";
import type { UpstreamRequest, UpstreamResponse } from "../connector-api/client.ts";
import { ERROR_CODES, ServiceError, type ErrorCode } from "../domain/error.ts";
import { compose, freshTrace } from "./call.ts";
import { traitsOf } from "./exchange.ts";
import { retry } from "./retry.ts";

const ANSWER: UpstreamResponse = { status: 200, headers: {}, body: new Uint8Array(), sentAtMs: 0, durationMs: 1 };
const GET: UpstreamRequest = { method: "GET", path: "/", headers: {} };

/** A retry layer over a send that responds as `script` lists for each attempt, and the times of the attempts. */
function useRetry(script: (attempt: number) => ServiceError | undefined, random = () => 0.5) {
  const clock = createVirtualClock();
  const startMs = clock.monotonicMs();
  const triesMs: number[] = [];
  const layered = compose([retry({ clock, random })]);
  const run = (
    request: UpstreamRequest = GET,
    options: { waitMs?: number; signal?: AbortSignal } = {},
  ): Promise<UpstreamResponse> =>
    layered({
      request: traitsOf(request),
      lane: "incremental",
      signal: options.signal ?? new AbortController().signal,
      deadlineMs: clock.monotonicMs() + (options.waitMs ?? 60_000),
      attempt: 1,
      tenantId: "acme",
      needs: [],
      trace: freshTrace(),
      perform({ attempt }) {
        triesMs.push(clock.monotonicMs() - startMs);
        const error = script(attempt);
        return error === undefined ? Promise.resolve(ANSWER) : Promise.reject(error);
      },
    });
  return { clock, triesMs, run };
}

const failed = (code: ErrorCode, retryAfterMs?: number) =>
  new ServiceError(code, "failed", { ...(retryAfterMs !== undefined && { retryAfterMs }) });
const outcome = (answer: Promise<UpstreamResponse>) =>
  answer.then(
    () => "answered",
    (error: ServiceError) => error.code,
  );

describe("retry", () => {
  test("pauses with full jitter below a doubling bound, for at most 5 attempts", async () => {
    const { clock, run, triesMs } = useRetry(() => failed("UPSTREAM_UNAVAILABLE"));
    const ended = outcome(run());
    await clock.advance(60_000);
    expect(await ended).toBe("UPSTREAM_UNAVAILABLE");
    expect(triesMs).toEqual([0, 100, 300, 700, 1_500]);
    expect(clock.pending()).toBe(0);
  });

  test("is never earlier than the upstream requested, whatever the jitter (F19)", async () => {
    const script = (attempt: number) => (attempt === 1 ? failed("UPSTREAM_RATE_LIMITED", 7_000) : undefined);
    const { clock, run, triesMs } = useRetry(script, () => 0);
    const ended = outcome(run());
    await clock.advance(7_000);
    expect([await ended, triesMs]).toEqual(["answered", [0, 7_000]]);
  });

  test("does not wait for an attempt after the deadline", async () => {
    const { run, triesMs, clock } = useRetry(() => failed("UPSTREAM_RATE_LIMITED", 7_000));
    expect(await outcome(run(GET, { waitMs: 5_000 }))).toBe("UPSTREAM_RATE_LIMITED");
    expect([triesMs, clock.pending()]).toEqual([[0], 0]);
  });

  test("ends at once when the caller aborts during a pause", async () => {
    const caller = new AbortController();
    const { run, triesMs, clock } = useRetry(() => failed("UPSTREAM_UNAVAILABLE"));
    const ended = outcome(run(GET, { signal: caller.signal }));
    await clock.advance(50);
    caller.abort();
    expect([await ended, triesMs, clock.pending()]).toEqual(["CANCELED", [0], 0]);
  });

  const codes = Object.keys(ERROR_CODES) as ErrorCode[]; // Object.keys widens to string
  test.each(codes)("repeats %s exactly when the error table says so", async (code) => {
    const { clock, run, triesMs } = useRetry((attempt) => (attempt === 1 ? failed(code) : undefined));
    const ended = outcome(run());
    await clock.advance(1_000);
    const repeated = ERROR_CODES[code].retry === "backoff";
    expect([await ended, triesMs.length]).toEqual(repeated ? ["answered", 2] : [code, 1]);
  });

  test.each([
    ["POST without a key", { method: "POST" }, 1],
    ["DELETE without a key", { method: "DELETE" }, 1],
    ["POST that only reads", { method: "POST", isRead: true }, 2],
    ["POST with a key", { method: "POST", idempotencyKey: "k" }, 2],
  ] as const)("a %s is sent %i time(s)", async (_name, part, tries) => {
    const { clock, run, triesMs } = useRetry((attempt) => (attempt === 1 ? failed("UPSTREAM_UNAVAILABLE") : undefined));
    const ended = outcome(run({ path: "/", headers: {}, ...part }));
    await clock.advance(1_000);
    await ended;
    expect(triesMs.length).toBe(tries);
  });

  test("amplifies a lasting outage at most 1.2 times, and a later short failure is retried again (F22)", async () => {
    let down = true;
    const { clock, run, triesMs } = useRetry(() => (down ? failed("UPSTREAM_UNAVAILABLE") : undefined));
    const calls = 1_000;
    for (let call = 0; call < calls; call++) {
      void outcome(run());
      await clock.advance(100);
    }
    await clock.advance(60_000);
    expect(triesMs.length).toBeGreaterThan(calls * 1.1);
    expect(triesMs.length).toBeLessThanOrEqual(calls * 1.2 + 5); // 5: the tokens it begins with
    down = false;
    for (let call = 0; call < 10; call++) expect(await outcome(run())).toBe("answered");
    down = true;
    const ended = outcome(run());
    await clock.advance(50);
    down = false;
    await clock.advance(1_000);
    expect(await ended).toBe("answered");
  });
});
