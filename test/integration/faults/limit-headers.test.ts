import { describe, expect, test } from "@jest/globals";
import { type IncomingMessage, request as askServer, type ServerResponse } from "node:http";
import { countsOf, useSandbox } from "../../../sandbox/stripe/testing.ts";
import { type LocalServer, startHttpServer } from "../../helpers/local-server.ts";
import { useStore } from "../../helpers/store.ts";
import { differencesTo, finished, openSyncService, startRun } from "./sync-service.ts";

type Headers = Record<string, string | string[] | undefined>;

/** Forwards requests to `url` and changes the headers of the responses. */
function startRewriter(url: string, rewrite: (headers: Headers) => Headers): Promise<LocalServer> {
  const { hostname, port } = new URL(url);
  return startHttpServer((request: IncomingMessage, response: ServerResponse) => {
    const { method, url: path, headers } = request;
    const onward = askServer({ hostname, port, method, path, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 500, rewrite(answer.headers));
      answer.pipe(response);
    });
    request.pipe(onward);
    onward.on("error", () => response.destroy());
  });
}

/** A list field's members, each in a header line of its own. */
function splitLists(headers: Headers): Headers {
  const split = (name: string) => (typeof headers[name] === "string" ? headers[name].split(/,\s*/) : headers[name]);
  return { ...headers, ratelimit: split("ratelimit"), "ratelimit-policy": split("ratelimit-policy") };
}

const MALFORMED: readonly Headers[] = [
  { ratelimit: '"account";r=;t=', "ratelimit-policy": "account;;q" },
  { ratelimit: "r=0, t=99999999999999999999", "ratelimit-policy": '"account";q=-1;w=1e9' },
  { "x-ratelimit-limit": "0x10", "x-ratelimit-remaining": "NaN", "x-ratelimit-reset": "Infinity" },
  { "ratelimit-limit": "1, 2, three", "ratelimit-remaining": "\u00bd", "ratelimit-reset": "-5" },
];

const ACCOUNT = { name: "account", kind: "token-bucket", perSecond: 60, burst: 60 };
const REFUNDS = { name: "refunds", kind: "fixed-window", quota: 600, windowMs: 60_000, match: { path: "/v1/refunds" } };
/** Its reset is a minute away, so that a client that trusts a false header waits for long. */
const MINUTE = { name: "account", kind: "sliding-window", quota: 3_600, windowMs: 60_000 };

/** The operator's settings for the account: below the limit, so that a single client is never refused. */
const BUDGET = { rates: { account: 50, endpoint: 50 } };

/** Alone it takes half a second; a false header can add at most the longest pause of a header, 5 s. */
const SOON_MS = 40_000;

/** Syncs a small world under these limits, and compares; resolves with the counts, and the remaining budget. */
async function syncUnder(limits: readonly object[], rewrite?: (headers: Headers) => Headers) {
  await using sandbox = await useSandbox({ payments: 5 });
  await sandbox.control("POST", "limits", { limits });
  await using rewriter = rewrite && (await startRewriter(sandbox.url, rewrite));
  await using store = await useStore();
  const source = { id: "main", tenantId: "acme", apiKey: sandbox.config.apiKey, budget: BUDGET };
  await using service = await openSyncService({
    connection: store.connection,
    sources: [{ ...source, baseUrl: rewriter?.url ?? sandbox.url }],
  });
  expect(await finished(store, "acme", await startRun(service, "main", "FULL"), SOON_MS)).toBe("SUCCEEDED");
  expect(await differencesTo(store, "acme", sandbox)).toEqual([]);
  const { arrived, refused } = await countsOf(sandbox);
  const buckets = [...service.upstreams.values()].flatMap(({ budget }) => budget.buckets());
  return { arrived, refused, buckets };
}

describe("a sync with limit headers", () => {
  const styles = ["ietf", "ietf-old", "x-seconds", "x-epoch", "x-epoch-ms"];

  test.each(styles)("that are true, in style %s: it completes, and nothing is refused (F21)", async (headers) => {
    const { refused } = await syncUnder([
      { ...ACCOUNT, headers },
      { ...REFUNDS, headers },
    ]);
    expect(refused).toBe(0);
  });

  test("that are true, in a header line for each limit: the same as in one line (F21)", async () => {
    const limits = [ACCOUNT, REFUNDS].map((limit) => ({ ...limit, headers: "ietf" }));
    let most = 0;
    const { refused } = await syncUnder(limits, (headers) => {
      const split = splitLists(headers);
      most = Math.max(most, split["ratelimit"]?.length ?? 0);
      return split;
    });
    expect([refused, most]).toEqual([0, 2]);
  });

  test("that are malformed: they change nothing (F21)", async () => {
    const plain = await syncUnder([ACCOUNT]);
    let answers = 0;
    const malformed = await syncUnder([ACCOUNT], (headers) => ({
      ...headers,
      ...MALFORMED[answers++ % MALFORMED.length],
    }));
    expect(answers).toBeGreaterThan(MALFORMED.length);
    expect(malformed).toEqual(plain);
  });

  const distortions = [
    ["always-zero", "x-seconds"],
    ["always-full", "ietf"],
    ["past-reset", "x-epoch"],
    ["huge-reset", "x-seconds"],
    ["negative", "x-seconds"],
    ["garbage", "ietf"],
    ["epoch-as-delta", "x-seconds"],
    ["delta-as-epoch", "x-epoch"],
  ] as const;

  test.concurrent.each(distortions)(
    "that are false, %s in %s: it completes soon, and no call is lost (F21)",
    async (distortion, headers) => {
      const { refused } = await syncUnder([{ ...MINUTE, headers, distortion }]);
      expect(refused).toBe(0);
    },
  );
});
