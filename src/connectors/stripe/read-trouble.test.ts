import { describe, expect, test } from "@jest/globals";
import { eventually } from "../../../test/helpers/eventually.ts";
import { missing, pageOf, startScriptedStripe } from "./fixtures/list-server.ts";
import { fixture } from "./fixtures/load.ts";
import { NOW, customers, read, all, idsOf, cursorsOf } from "./fixtures/reading.ts";

describe("inconsistent paging (F28)", () => {
  test.each([
    ["the same page again", { has_more: true, data: customers(2) }],
    ["more after an empty page", { has_more: true, data: [] }],
    ["more after a page without ids", { has_more: true, data: [null, {}] }],
  ])("%s is garbled, not an endless read", async (_what, page) => {
    await using stripe = await startScriptedStripe(
      () => ({ json: { object: "list", ...page } }),
      () => NOW,
    );
    await expect(all(read(stripe))).rejects.toMatchObject({ code: "UPSTREAM_GARBLED" });
    expect(stripe.requests.length).toBeLessThan(5);
  });

  test("a read ends after a few restarts when the object to continue after is deleted each time", async () => {
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
    "%j is not a list",
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

describe("the Stripe balance", () => {
  test("is read completely, and a balance that is no longer listed is deleted", async () => {
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

  test("C4: one malformed or unknown currency is malformed alone and deletes no balance", async () => {
    const json = fixture("balance", {
      available: [
        { amount: 1500, currency: "qqq" },
        { amount: 700, currency: "hrk" },
        { amount: 12.5, currency: "usdc" },
        { amount: 3, currency: null },
      ],
      pending: [{ amount: 800, currency: "xcg" }],
      connect_reserved: undefined,
    });
    await using stripe = await startScriptedStripe(
      () => ({ json }),
      () => NOW,
    );
    const cursor = { phase: "whole" as const, seen: ["balance:AVAILABLE:EUR"] };
    const messages = await all(read(stripe, { stream: "balance", cursor }));
    expect(idsOf(messages)).toEqual(["balance", "balance:AVAILABLE:HRK", "balance:PENDING:XCG"]);
    expect(messages.filter(({ type }) => type === "malformed")).toMatchObject([
      { entity: "Balance", externalId: "balance:AVAILABLE:QQQ", path: "available.0" },
      { entity: "Balance", externalId: "balance:AVAILABLE:USDC", path: "available.2.amount" },
      { entity: "Balance", externalId: "balance:available.3", path: "available.3.currency" },
    ]);
    expect(messages.filter(({ type }) => type === "tombstone")).toEqual([]);
    expect(cursorsOf(messages)).toEqual([
      { phase: "whole", seen: ["balance:AVAILABLE:EUR", "balance:AVAILABLE:HRK", "balance:PENDING:XCG"] },
    ]);
  });

  test("that is unreadable once deletes no balances (F26)", async () => {
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

describe("C50: a page of a list with a repeated key (F57)", () => {
  const page = (data: string, more = "") =>
    `{"object":"list","url":"/v1/customers","has_more":false,${more}"data":[${data}]}`;
  const [one, two, three] = customers(3).map((customer) => JSON.stringify(customer));

  async function readText(json: string) {
    await using stripe = await startScriptedStripe(
      () => ({ json }),
      () => NOW,
    );
    return await all(read(stripe));
  }

  test("in an item: the item is malformed at its path, and the others are read", async () => {
    const twice = two?.replace('"object":"customer"', '"object":"customer","name":"Ada","name":"Bob"') ?? "";
    const messages = await readText(page([one, twice, three].join()));
    expect(idsOf(messages)).toHaveLength(2);
    expect(messages.filter(({ type }) => type === "malformed")).toMatchObject([
      { entity: "Party", path: "name", problem: expect.stringContaining("repeated key"), raw: { path: "/data/1" } },
    ]);
  });

  test.each([
    ["in the fields of the page", '"has_more":true,'],
    ["with two lists", '"data":[],'],
  ])("%s: the page is refused", async (_name, more) => {
    await expect(readText(page(one ?? "", more))).rejects.toMatchObject({ code: "UPSTREAM_MALFORMED" });
  });
});

describe("aborting a Stripe read", () => {
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

  test("while waiting for a page throws at once", async () => {
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

test("an unknown stream is refused", async () => {
  await using stripe = await startScriptedStripe(
    (url) => pageOf(url, []),
    () => NOW,
  );
  expect(() => read(stripe, { stream: "invoices" })).toThrow("INVALID_INPUT");
});
