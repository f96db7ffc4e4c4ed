import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { useSettingsFolder, type SettingsFolder } from "../../test/helpers/settings-folder.ts";

let folder: SettingsFolder;
beforeEach(() => void (folder = useSettingsFolder()));
afterEach(() => folder[Symbol.dispose]());
const load: SettingsFolder["load"] = (...given) => folder.load(...given);
const issuesOf: SettingsFolder["issuesOf"] = (...given) => folder.issuesOf(...given);

describe("platforms", () => {
  const file = (platforms: unknown, sources: readonly object[]) =>
    JSON.stringify({ tenants: ["acme"], platforms, sources: sources.map((own) => ({ tenant: "acme", ...own })) });
  const PLAID = { id: "plaid-client", connector: "plaid", config: { clientId: "c", secret: "s" } };
  const item = (id: string, config: object = { accessToken: `access-${id}`, itemId: `item-${id}` }) => ({
    id,
    connector: "plaid",
    platform: "plaid-client",
    config,
  });

  test("share their settings with their sources, which may override them", () => {
    const own = { accessToken: "access-b", itemId: "item-b", secret: "other" };
    const { sources } = load({}, file([PLAID], [item("a"), item("b", own)]));
    expect(sources).toMatchObject([
      { id: "a", platform: "plaid-client", config: { clientId: "c", secret: "s", accessToken: "access-a" } },
      { id: "b", platform: "plaid-client", config: { clientId: "c", secret: "other", itemId: "item-b" } },
    ]);
  });

  test("must exist, be of the source's connector, and have each account once; all mistakes are reported", () => {
    const wrong = [
      item("a"),
      { ...item("b"), config: item("a").config },
      item("c", { accessToken: "access-c" }),
      { ...item("d"), platform: "plaid-clent" },
      { id: "plaid-client", connector: "stripe", platform: "plaid-client", config: { apiKey: "sk_test_1" } },
    ];
    const bank = { id: "bank", connector: "iso20022-bank" };
    expect(issuesOf({}, file([PLAID, PLAID, bank], wrong))).toEqual([
      'platforms[1].id: must be unique; "plaid-client" is there twice',
      "platforms[2].connector: must be one of plaid, stripe",
      'sources[1].config: must name an account that no other source reads; "item-a" is there twice',
      "sources[2].config: must name the account at the platform that the source reads: `itemId`, `account`",
      'sources[3].platform: must be one of plaid-client; did you mean "plaid-client"?',
      'sources[4].id: must be unique; "plaid-client" is there twice',
      "sources[4].platform: must be one of ",
    ]);
  });

  test("name the accounts that a tenant may connect, only of tenants that they are open to", () => {
    const { platforms } = load({}, file([{ ...PLAID, tenants: ["acme"], accounts: { acme: ["item-1"] } }], []));
    expect(platforms.get("plaid-client")).toMatchObject({ accounts: { acme: ["item-1"] } });
    const wrong = [
      { ...PLAID, tenants: ["acme"], accounts: { acmee: ["item-1"] } },
      { ...PLAID, id: "other", accounts: { acme: ["item-1"] } },
    ];
    expect(issuesOf({}, file(wrong, []))).toEqual([
      'platforms[0].accounts.acmee: must be a tenant that the platform is open to; did you mean "acme"?',
      "platforms[1].accounts.acme: must be a tenant that the platform is open to",
    ]);
    expect(issuesOf({}, file([{ ...PLAID, tenants: "*", accounts: { acme: "item-1" } }], []))).toEqual([
      "platforms[0].accounts.acme: must be a list, not a text",
    ]);
  });

  test("have budget and networks for their sources that state none", () => {
    const shared = { ...PLAID, budget: { rates: { item: 2 } }, networks: ["10.0.0.0/8"] };
    const own = { ...item("b"), budget: { maxConcurrent: 3 }, networks: [] };
    expect(load({}, file([shared], [item("a"), own])).sources).toMatchObject([
      { id: "a", budget: { rates: { item: 2 } }, networks: ["10.0.0.0/8"] },
      { id: "b", budget: { maxConcurrent: 3 }, networks: [] },
    ]);
    const wrong = { ...PLAID, budget: { rates: { itm: 2 } } };
    const expected = 'must be one of transactions, accounts, balance, item, other; did you mean "item"?';
    expect(issuesOf({}, file([wrong], [item("a")]))).toEqual([`platforms[0].budget.rates.itm: ${expected}`]);
    expect(issuesOf({}, file([{ ...wrong, tenants: "*" }], [item("a")]))).toEqual([
      `platforms[0].budget.rates.itm: ${expected}`,
    ]);
  });

  test("name the tenants that may connect sources of them, and then have every setting that these share", () => {
    const { platforms } = load(
      {},
      file(
        [
          { ...PLAID, tenants: ["acme"] },
          { ...PLAID, id: "all", tenants: "*" },
        ],
        [],
      ),
    );
    expect(platforms.get("plaid-client")?.tenants).toEqual(["acme"]);
    expect(platforms.get("all")?.tenants).toBe("*");
    expect(load({}, file([PLAID], [])).platforms.get("plaid-client")?.tenants).toEqual([]);
    const wrong = { ...PLAID, tenants: ["acmee"], config: { clientId: "c", accessToken: "access-a", secrt: "s" } };
    expect(issuesOf({}, file([wrong, { ...PLAID, id: "b", tenants: "all" }], []))).toEqual([
      'platforms[1].tenants: must be a list of tenants, or "*" for all',
      'platforms[0].tenants[0]: must be one of acme; did you mean "acme"?',
      "platforms[0].config.secret: must be set, to a text",
      "platforms[0].config.accessToken: is not a setting; must be one of baseUrl, clientId, secret, webhooks",
      'platforms[0].config.secrt: is not a setting; did you mean "secret"?',
    ]);
  });
});
