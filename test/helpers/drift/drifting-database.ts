import { useLedgerDatabase } from "../ledger-database.ts";
import type { Change, DriftingUpstream } from "./drifting-upstream.ts";

/** Statements that make each change, and those that end it. */
const STATEMENTS: Readonly<Partial<Record<Change, { readonly make: string; readonly end: string }>>> = {
  "a field appears": {
    make: "alter table core.payments add column tier text",
    end: "alter table core.payments drop column tier",
  },
  "a field vanishes": {
    make: "alter table core.payments drop column legacy",
    end: "alter table core.payments add column legacy integer",
  },
  "a type changes": {
    make: "alter table core.payments alter column note type varchar(20)",
    end: "alter table core.payments alter column note type text",
  },
  "an enum value is new": {
    make: "update core.payments set state = 'frozen'",
    end: "update core.payments set state = 'open'",
  },
};

/** A core database whose tables change while it is followed. */
export async function startDriftingDatabase(): Promise<DriftingUpstream> {
  const core = await useLedgerDatabase();
  await core.sql("alter table core.payments add column legacy integer, add column note text");
  await core.sql("insert into core.payments (id, state, amount, ccy) values ('p1', 'open', 1, 'EUR')");
  let change: Change | undefined;
  return {
    connector: "postgres-ledger",
    config: core.config,
    streams: ["accounts"], // a full read of the payments would accept their present columns
    async set(next) {
      const statements = change === undefined ? undefined : STATEMENTS[change];
      await core.sql((next === undefined ? statements?.end : STATEMENTS[next]?.make) ?? "select 1");
      await core.sql("update core.payments set amount = amount + 1"); // the server then describes the table
      change = next;
    },
    expected: {
      "a field appears": { kind: "UNKNOWN_FIELD", path: "tier", of: "core.payments" },
      "a field vanishes": { kind: "MISSING_FIELD", path: "legacy", of: "core.payments" },
      "a type changes": { kind: "CHANGED_FIELD", path: "note", of: "core.payments" },
      "an enum value is new": { kind: "UNKNOWN_VALUE", path: "state", of: "Payment" },
      "the version differs": { none: "a table has no version" },
    },
    [Symbol.asyncDispose]: () => core[Symbol.asyncDispose](),
  };
}
