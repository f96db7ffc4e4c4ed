import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Socket } from "node:net";
import { openSqlConnection } from "../../../src/protocols/postgres-cdc/database/connection.ts";
import { serverIdentity, testAuthority } from "../../../src/protocols/rest/fixtures/tls/load.ts";
import { eventually, WAIT_LIMIT_MS } from "../../helpers/eventually.ts";
import { useFeedWorld } from "../../helpers/feed-world.ts";
import { type LedgerDatabase, useLedgerDatabase } from "../../helpers/ledger-database.ts";
import { type PostgresTls, startPostgresTls } from "../../helpers/postgres-tls.ts";

let core: LedgerDatabase;
beforeAll(async () => {
  core = await useLedgerDatabase();
}, 240_000);
afterAll(async () => core[Symbol.asyncDispose]());

const withCertificate = async (name: Parameters<typeof serverIdentity>[0]): Promise<PostgresTls> =>
  startPostgresTls(core.server.socketPath, await serverIdentity(name));

function check(server: PostgresTls, changes: Readonly<Record<string, unknown>> = {}): Promise<void> {
  const settings = { host: "localhost", port: server.port, tls: true, ca: testAuthority, ...changes };
  const { connector, config, client } = core.source("tls", settings);
  return connector.check({ config, client: client("interactive"), signal: new AbortController().signal });
}

/** A failure that says what to do, after which nothing was sent to the database. */
async function expectRefused(server: PostgresTls, refused: Promise<unknown>, detail: RegExp): Promise<void> {
  const reason = await refused.then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(reason).toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    publicMessage: expect.stringMatching(/certificate.*\bca\b/),
    message: expect.stringMatching(detail),
  });
  expect(server.encrypted()).toBe(0);
}

describe("the certificate of a database (F37)", () => {
  test.each(["localhost", "127.0.0.1"])("that is valid for %s, of the given authority, is accepted", async (host) => {
    await using server = await withCertificate("localhost");
    await check(server, { host });
    expect(server.encrypted()).toBeGreaterThan(0);
  });

  test("of an authority that is not given is refused", async () => {
    await using server = await withCertificate("localhost");
    await expectRefused(server, check(server, { ca: undefined }), /unable to verify|self-signed/);
  });

  test("that has expired is refused", async () => {
    await using server = await withCertificate("expired");
    await expectRefused(server, check(server), /expired/);
  });

  test("for another host name is refused", async () => {
    await using server = await withCertificate("other-host");
    await expectRefused(server, check(server), /does not match/);
  });

  test("for a host name is refused where the settings have an address", async () => {
    await using server = await withCertificate("localhost");
    class Redirected extends Socket {
      override connect(): this {
        return super.connect(server.port, "127.0.0.1");
      }
    }
    const address = {
      ...core.server.address,
      host: "192.0.2.7",
      password: undefined,
      tls: { ca: testAuthority },
      createSocket: () => new Redirected(),
    };
    const opened = openSqlConnection(address, AbortSignal.timeout(WAIT_LIMIT_MS));
    await expectRefused(server, opened, /192\.0\.2\.7.*is not in the cert/);
  });
});

test("a database that offers no TLS is not used without it, and the message says so", async () => {
  await using server = await startPostgresTls(core.server.socketPath, undefined);
  await expect(check(server)).rejects.toMatchObject({
    code: "UPSTREAM_UNAVAILABLE",
    publicMessage: "the database does not offer TLS",
  });
});

test("changes are followed over TLS", async () => {
  await using server = await withCertificate("localhost");
  await using world = await useFeedWorld();
  await world.open([core.source("tls", { host: "localhost", port: server.port, tls: true, ca: testAuthority })]);
  await eventually(
    "the begin",
    async () => (await world.query("select position is not null as begun from change_feeds"))[0]?.["begun"],
  );
  await core.sql("insert into core.payments (id, state, amount, ccy) values ('tls-1', 'open', 1, 'EUR')");
  const stored = () => world.query("select via from payments where external_id = 'tls-1'");
  await eventually("the payment", async () => (await stored()).length === 1);
  expect(await stored()).toEqual([{ via: "CDC" }]);
}, 240_000);
