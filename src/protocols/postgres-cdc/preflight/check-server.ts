import type pg from "pg";
import { z } from "zod";
import type { TextRow } from "../database/connection.ts";
import { quoteIdentifier } from "../database/quote.ts";
import { readSlot } from "../slot/slot-state.ts";
import type { PreflightProblem } from "./problem.ts";

const count = z.coerce.number();
const flag = z.enum(["t", "f"]).transform((text) => text === "t");

const serverRow = z.object({
  version: count,
  standby: flag,
  wal_level: z.string(),
  slots: count,
  max_slots: count,
  senders: count,
  max_senders: count,
  role: z.string(),
  may_replicate: flag,
});

/** Amazon's service grants a role in place of the attribute. */
const SERVER_FACTS = `
  select current_setting('server_version_num') as version, pg_is_in_recovery() as standby,
    current_setting('wal_level') as wal_level,
    (select count(*) from pg_catalog.pg_replication_slots) as slots,
    current_setting('max_replication_slots') as max_slots,
    (select count(*) from pg_catalog.pg_stat_replication) as senders,
    current_setting('max_wal_senders') as max_senders,
    current_user as role,
    (select r.rolreplication or r.rolsuper or exists (
       select from pg_catalog.pg_roles g where g.rolname = 'rds_replication' and pg_has_role(r.oid, g.oid, 'member'))
     from pg_catalog.pg_roles r where r.rolname = current_user) as may_replicate`;

/** Checks the server, the role and the slot. */
export async function checkServer(client: pg.Client, slot: string): Promise<readonly PreflightProblem[]> {
  const { rows } = await client.query<TextRow>(SERVER_FACTS);
  const facts = serverRow.parse(rows[0]);
  const state = await readSlot(client, slot);
  const problems: PreflightProblem[] = [];
  const report = (problem: string, remedy: string): void => void problems.push({ problem, remedy });
  if (facts.version < 140_000) {
    report("The server is older than PostgreSQL 14.", "Upgrade it, or connect to a newer one.");
  }
  if (facts.standby) report("The server is a standby.", "Connect to the primary server.");
  if (facts.wal_level !== "logical") {
    report(
      `wal_level is "${facts.wal_level}", which does not log what logical replication needs.`,
      "ALTER SYSTEM SET wal_level = 'logical'; then restart the server.",
    );
  }
  if (!facts.may_replicate) {
    report(`The role "${facts.role}" may not replicate.`, `ALTER ROLE ${quoteIdentifier(facts.role)} REPLICATION;`);
  }
  if (state === undefined && facts.slots >= facts.max_slots) {
    report(
      `All ${facts.max_slots} replication slots are in use.`,
      `ALTER SYSTEM SET max_replication_slots = ${facts.max_slots + 4}; then restart the server, or drop a slot that nobody uses.`,
    );
  }
  if (state?.activePid === undefined && facts.senders >= facts.max_senders) {
    report(
      `All ${facts.max_senders} WAL senders are in use.`,
      `ALTER SYSTEM SET max_wal_senders = ${facts.max_senders + 4}; then restart the server.`,
    );
  }
  if (state !== undefined && (state.plugin !== "pgoutput" || state.isTemporary || state.isTwoPhase)) {
    report(
      `The replication slot "${slot}" belongs to another program (plugin ${state.plugin ?? "none"}).`,
      `SELECT pg_drop_replication_slot('${slot}'); if nobody needs it, or choose another name.`,
    );
  }
  return problems;
}
