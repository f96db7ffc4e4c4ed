import type pg from "pg";
import type { CdcServer } from "./cdc-server.ts";

export interface Transactions {
  /** Ends the sessions; resolves when none has a transaction open. */
  stop(): Promise<void>;
  /** Number of transactions that were committed. */
  readonly committed: number;
}

export interface TransactionsOptions {
  readonly server: CdcServer;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly sessions: number;
  /** True: the table's definition is changed too, and it is truncated. */
  readonly withDefinitions: boolean;
}

/** The table that the transactions change. */
export const RANDOM_TABLE = `
  create table random_rows (id int primary key, a text, b numeric(12,4), body text);
  alter table random_rows alter body set storage external`;

const IDS = 60;

/**
 * Changes `random_rows` in concurrent sessions, in transactions that overlap, are rolled back, prepared, or fail. A
 * session whose connection is lost opens another one.
 */
export function startTransactions({ server, random, sessions, withDefinitions }: TransactionsOptions): Transactions {
  let [isStopping, committed, serial] = [false, 0, 0];
  const int = (below: number): number => Math.floor(random() * below);
  const id = (): number => 1 + int(IDS);

  function change(): string {
    const kinds = [
      () =>
        `insert into random_rows (id, a, b) values (${id()}, 'i${(serial += 1)}', ${int(1_000)}.5) on conflict do nothing`,
      () =>
        `insert into random_rows (id, a) values (${id()}, 'u${(serial += 1)}') on conflict (id) do update set a = excluded.a`,
      () => `update random_rows set a = 'a${(serial += 1)}', b = b + 1.25 where id = ${id()}`,
      () => `update random_rows set body = repeat('${(serial += 1)}', 3000) where id = ${id()}`,
      () => `update random_rows set id = ${id()} where id = ${id()}`,
      () => `delete from random_rows where id = ${id()}`,
      () => `update random_rows set a = 'many${(serial += 1)}' where id % 7 = ${int(7)}`,
      () => `savepoint s; delete from random_rows where id < ${id()}; rollback to savepoint s`,
      () => `select 1 from random_rows where id = ${id()} for update`,
    ];
    return kinds[int(kinds.length)]!();
  }

  function definition(): string {
    const name = `extra_${int(2)}`;
    const kinds = [
      `alter table random_rows add if not exists ${name} text default 'd${(serial += 1)}'`,
      `alter table random_rows drop if exists ${name}`,
      `alter table random_rows alter b type numeric(12,${int(5)})`,
      "truncate random_rows",
    ];
    return kinds[int(kinds.length)]!;
  }

  async function transaction(client: pg.Client, session: number): Promise<void> {
    await client.query("begin");
    const count = 1 + int(4);
    for (let n = 0; n < count; n++) await client.query(withDefinitions && random() < 0.02 ? definition() : change());
    const end = random();
    if (end < 0.15) await client.query("rollback");
    else if (end < 0.25) await prepare(client, session);
    else await client.query("commit");
    committed += 1;
  }

  async function prepare(client: pg.Client, session: number): Promise<void> {
    const name = `${prefixOf(session)}${(serial += 1)}`;
    await client.query(`prepare transaction '${name}'`);
    await client.query(`${random() < 0.5 ? "commit" : "rollback"} prepared '${name}'`);
  }

  const prefixOf = (session: number): string => `random_${session}_`;

  async function runSession(session: number): Promise<void> {
    let client: pg.Client | undefined;
    while (!isStopping) {
      try {
        client ??= await connect(session);
        await transaction(client, session);
      } catch {
        // a conflict of locks or keys, or the server was killed
        const isUsable = await client?.query("rollback").then(
          () => true,
          () => false,
        );
        if (isUsable !== true) client = undefined;
      }
    }
    await client?.end().catch(() => undefined);
    await (await connect(session)).end();
  }

  /**
   * A prepared transaction outlives a crash of the server, with its locks; no later snapshot is complete until its
   * session decides about it.
   */
  async function connect(session: number): Promise<pg.Client> {
    const client = await server.connect();
    await client.query("set lock_timeout = '200ms'; set deadlock_timeout = '100ms'");
    const { rows } = await client.query<{ gid: string }>(
      "select gid from pg_prepared_xacts where starts_with(gid, $1)",
      [prefixOf(session)],
    );
    for (const { gid } of rows) await client.query(`rollback prepared '${gid}'`);
    return client;
  }

  const running = Array.from({ length: sessions }, (_, session) => runSession(session));
  return {
    get committed() {
      return committed;
    },
    async stop() {
      isStopping = true;
      await Promise.all(running);
    },
  };
}
