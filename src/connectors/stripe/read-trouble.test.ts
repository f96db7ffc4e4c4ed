import { describe, expect, test } from "@jest/globals";
import { eventually } from "../../../test/helpers/eventually.ts";
import { missing, pageOf, startScriptedStripe } from "./fixtures/list-server.ts";
import { fixture } from "./fixtures/load.ts";
import { NOW, customers, read, all, idsOf, cursorsOf } from "./fixtures/reading.ts";

describe("paging that lies (F28)", () => {
  test.each([
    ["the same page again", { has_more: true, data: customers(2) }],
    ["more after an empty page", { has_more: true, data: [] }],
    ["more after a page without ids", { has_more: true, data: [null, {}] }],
  ])("%s is garbled, not endless", async (_what, page) => {
    await using stripe = await startScriptedStripe(
      () => ({ json: { object: "list", ...page } }),
      () => NOW,
    );
    await expect(all(read(stripe))).rejects.toMatchObject({ code: "UPSTREAM_GARBLED" });
    expect(stripe.requests.length).toBeLessThan(5);
  });

  test("an object to continue after that is gone each time ends after a few restarts", async () => {
    await using stripe = await startScriptedStripe(
      (url) => {
        if (url.searchParams.has("starting_after")) return missing("starting_after");
        return pageOf(url, customers(101));
      },
      () => NOW,
    );
    await expect(all(read(stripe))).rejects.toMatchObject({ code: "UPSTREAM_GARBLED" });
    expect(stripe.requests).toHaveLength(8);
  });

  test.each([[{ object: "customer" }], [[]], [null], [{ object: "list", data: {}, has_more: false }]])(
    "%j is no list",
    async (json) => {
      await using stripe = await startScriptedStripe(
        () => ({ json }),
        () => NOW,
      );
      await expect(all(read(stripe))).rejects.toMatchObject({ code: "UPSTREAM_MALFORMED" });
    },
  );

  test("a 400 about anything else is a rejection, also on later pages", async () => {
    await using stripe = await startScriptedStripe(
      (url) => {
        const error = { code: "parameter_unknown", param: "limit", type: "invalid_request_error" };
        return url.searchParams.has("starting_after") ? { status: 400, json: { error } } : pageOf(url, customers(101));
      },
      () => NOW,
    );
    await expect(all(read(stripe))).rejects.toMatchObject({ code: "UPSTREAM_REJECTED" });
  });
});

describe("the balance", () => {
  test("is read whole, and a balance that is no longer told is gone", async () => {
    let json = fixture("balance");
    await using stripe = await startScriptedStripe(
      () => ({ json }),
      () => NOW,
    );
    const messages = await all(read(stripe, { stream: "balance" }));
    expect(idsOf(messages)).toHaveLength(5);
    json = fixture("balance", { connect_reserved: undefined });
    const later = await all(read(stripe, { stream: "balance", cursor: cursorsOf(messages).at(-1) }));
    expect(later.filter(({ type }) => type === "tombstone")).toMatchObject([
      { entity: "Balance", externalId: "balance:RESERVED:EUR" },
    ]);
  });

  test("unreadable once does not make balances gone (F26)", async () => {
    await using stripe = await startScriptedStripe(
      () => ({ json: { object: "balance" } }),
      () => NOW,
    );
    const cursor = { phase: "whole", seen: ["balance:AVAILABLE:EUR"] } as const;
    const messages = await all(read(stripe, { stream: "balance", cursor: { ...cursor, seen: [...cursor.seen] } }));
    expect(messages).toMatchObject([
      { type: "malformed", entity: "Account", externalId: "balance", path: "available" },
      { type: "checkpoint", cursor },
    ]);
  });
});

describe("an abort", () => {
  test("in the middle of a page throws at once, and leaves no request open", async () => {
    const second = Promise.withResolvers<void>();
    await using stripe = await startScriptedStripe(
      async (url) => {
        if (url.searchParams.has("starting_after")) await second.promise;
        return pageOf(url, customers(150));
      },
      () => NOW,
    );
    const controller = new AbortController();
    const messages = read(stripe, { signal: controller.signal });
    await messages.next();
    controller.abort();
    await expect(messages.next()).rejects.toMatchObject({ code: "CANCELED" });
    second.resolve();
  });

  test("while a page is waited for throws at once", async () => {
    const never = Promise.withResolvers<void>();
    await using stripe = await startScriptedStripe(
      async (url) => {
        await never.promise;
        return pageOf(url, []);
      },
      () => NOW,
    );
    const controller = new AbortController();
    const next = read(stripe, { signal: controller.signal }).next();
    await eventually("the request", () => stripe.requests.length === 1);
    controller.abort();
    await expect(next).rejects.toMatchObject({ code: "CANCELED" });
    never.resolve();
  });
});

test("a stream that Stripe does not have is refused", async () => {
  await using stripe = await startScriptedStripe(
    (url) => pageOf(url, []),
    () => NOW,
  );
  expect(() => read(stripe, { stream: "invoices" })).toThrow("INVALID_INPUT");
});
