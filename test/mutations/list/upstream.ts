import type { Mutation } from "../mutation.ts";

const RETRY = ["src/upstream/retry.test.ts"];
const BREAKER = ["src/upstream/breaker.test.ts"];
const VIEW = ["src/upstream/budget/bucket-view.test.ts"];
const PERMITS = ["src/upstream/budget/permits.test.ts", "src/upstream/budget/permits-lanes.test.ts"];
const GUARD = ["src/protocols/rest/address-guard.test.ts"];
const JSON_TESTS = ["src/protocols/rest/exact-json.test.ts"];

/** Calls to upstreams: budget, retry, what answers mean, which addresses are allowed. */
export const UPSTREAM: readonly Mutation[] = [
  {
    breaks: "A write without an idempotency key is not repeated.",
    file: "src/upstream/retry.ts",
    find: "!isRepeatable(call.request) || ",
    replace: "",
    tests: RETRY,
  },
  {
    breaks: "A call is not repeated sooner than the upstream asks for.",
    file: "src/upstream/retry.ts",
    find: "Math.max(error.retryAfterMs ?? 0, fullJitterMs(BACKOFF, attempt, random))",
    replace: "fullJitterMs(BACKOFF, attempt, random)",
    tests: RETRY,
  },
  {
    breaks: "Retries are limited to a fifth of the calls.",
    file: "src/upstream/retry.ts",
    find: "tokens -= cost;",
    replace: "",
    tests: RETRY,
  },
  {
    breaks: "A failure that cannot be retried is not retried.",
    file: "src/upstream/retry.ts",
    find: "if (!error.retryable || ",
    replace: "if (",
    tests: RETRY,
  },
  {
    breaks: "A write is not repeated after its key has expired.",
    file: "src/upstream/key-lifetime.ts",
    find: "epochMs >= idempotencyKeyExpiresAtMs",
    replace: "epochMs < 0",
    tests: ["test/integration/faults/lost-writes.test.ts"],
  },
  {
    breaks: "The circuit opens when most calls fail.",
    file: "src/upstream/breaker.ts",
    find: "failures > total / 2",
    replace: "failures > total",
    tests: BREAKER,
  },
  {
    breaks: "One probe at a time passes a circuit that was open.",
    file: "src/upstream/breaker.ts",
    find: "if (probe !== undefined || clock.monotonicMs() < openUntilMs) return false;",
    replace: "if (clock.monotonicMs() < openUntilMs) return false;",
    tests: BREAKER,
  },
  {
    breaks: "A closed bucket grants no permit.",
    file: "src/upstream/budget/bucket-view.ts",
    find: "this.#turns = this.#turns.filter((turnMs) => turnMs >= this.#closedUntilMs);\n    this.askAgainMs",
    replace: "this.askAgainMs",
    tests: VIEW,
  },
  {
    breaks: "No more permits are used than were granted.",
    file: "src/upstream/budget/bucket-view.ts",
    find: "Array.from({ length: grant.turns }",
    replace: "Array.from({ length: grant.turns + 1 }",
    tests: VIEW,
  },
  {
    breaks: "A permit is not used before it is due.",
    file: "src/upstream/budget/bucket-view.ts",
    find: "first !== undefined && first <= nowMs + EARLY_MS",
    replace: "first !== undefined",
    tests: VIEW,
  },
  {
    breaks: "One concurrent call is reserved for interactive work.",
    file: "src/upstream/budget/permits.ts",
    find: "|| limit < ROOM_KEPT_FROM ? 0 : 1",
    replace: "|| limit < ROOM_KEPT_FROM ? 0 : 0",
    tests: ["src/upstream/budget/permits-waiting.test.ts"],
  },
  {
    breaks: "A permit is returned once.",
    file: "src/upstream/budget/permits.ts",
    find: "if (released) return;",
    replace: "",
    tests: ["src/upstream/budget/permits-waiting.test.ts"],
  },
  {
    breaks: "Tenants of one credential take turns.",
    file: "src/upstream/budget/lane-queue.ts",
    find: "moveToEnd(this.#tenants, tenantId);",
    replace: "",
    tests: PERMITS,
  },
  {
    breaks: "Shared permits are granted one after the other over all replicas.",
    file: "src/upstream/budget/lease-statement.ts",
    find: "else start_ms + turns * step end,",
    replace: "else start_ms end,",
    tests: ["test/integration/upstream/lease-mirror.soak.test.ts"],
  },
  {
    breaks: "The longest of several Retry-After values counts.",
    file: "src/protocols/rest/retry-after.ts",
    find: 'Math.max(...text.split(",")',
    replace: 'Math.min(...text.split(",")',
    tests: ["src/protocols/rest/retry-after.test.ts"],
  },
  {
    breaks: "A redirect is not a success.",
    file: "src/protocols/rest/classify.ts",
    find: "status >= 300, code",
    replace: "status >= 600, code",
    tests: ["src/protocols/rest/classify.test.ts"],
  },
  {
    breaks: "Refused credentials are distinguished from other refusals.",
    file: "src/protocols/rest/classify.ts",
    find: "matches: is(401, 403)",
    replace: "matches: is(401)",
    tests: ["src/protocols/rest/classify.test.ts"],
  },
  {
    breaks: "Private addresses are refused.",
    file: "src/protocols/rest/special-networks.ts",
    find: '  network("172.16.0.0", 12), // private\n',
    replace: "",
    tests: GUARD,
  },
  {
    breaks: "A metadata service is refused in an allowed network too.",
    file: "src/protocols/rest/address-guard.ts",
    find: "if (reached.some((one) => isIn(METADATA_NETWORKS, one))) {",
    replace: "if (reached.length === 0) {",
    tests: GUARD,
  },
  {
    breaks: "An address behind a NAT64 gateway is judged as well.",
    file: "src/protocols/rest/address-guard.ts",
    find: "target === undefined ? [address] : [address, target]",
    replace: "[address]",
    tests: GUARD,
  },
  {
    breaks: "An integer beyond 2^53 keeps its digits.",
    file: "src/protocols/rest/exact-json.ts",
    find: "return Number.isSafeInteger(value) ? value : BigInt(context.source);",
    replace: "return value;",
    tests: JSON_TESTS,
  },
  {
    breaks: "A number with a fraction keeps its digits.",
    file: "src/protocols/rest/exact-json.ts",
    find: "if (/[.eE]/.test(context.source)) return new ExactNumber(context.source);",
    replace: "",
    tests: JSON_TESTS,
  },
  {
    breaks: "A key that occurs twice in an object is refused.",
    file: "src/protocols/rest/exact-json.ts",
    find: "hasRepeatedKey: members !== scan.members",
    replace: "hasRepeatedKey: false",
    tests: JSON_TESTS,
  },
  {
    breaks: "A document that nests too deep is refused.",
    file: "src/protocols/rest/exact-json.ts",
    find: "if (scan.depth > MAX_JSON_DEPTH) {",
    replace: "if (scan.depth > 1_000_000) {",
    tests: JSON_TESTS,
  },
  {
    breaks: "A small number is not written with an exponent.",
    file: "src/protocols/rest/decimal-text.ts",
    find: "whole.length + Math.max(0, -shift) + shift",
    replace: "whole.length + Math.max(0, -shift)",
    tests: ["src/protocols/rest/decimal-text.test.ts"],
  },
];
