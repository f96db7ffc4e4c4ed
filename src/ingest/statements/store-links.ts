import type { StatementCheck } from "../../domain/entities.ts";
import { decimalText } from "../../domain/money.ts";
import type { LocalDate } from "../../domain/values.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Transaction } from "../../store/database.ts";
import { type ChainItem, inOrder, linkAll, type StatementLink } from "./chain.ts";
import { sequenceOf } from "./find-known.ts";
import { updateFindings, type FindingCheck } from "../apply/update-findings.ts";

interface ChainRow extends Record<string, unknown> {
  readonly id: string;
  readonly first_day: LocalDate | null;
  readonly last_day: LocalDate;
  readonly electronic_sequence: string | null;
  readonly legal_sequence: string | null;
  readonly issued_at: string | null;
  readonly checks: readonly StatementCheck[];
}

const COLUMNS = "id, first_day, last_day, electronic_sequence, legal_sequence, issued_at, checks";
/**
 * Condition that a statement has at least one of the currencies: between two statements of one currency there may be
 * many of others.
 */
const CHAINED = `account_id = $1 and kind = 'STATEMENT' and content_hash is not null and deleted_at is null
  and exists (select from jsonb_array_elements(checks) as own where own ->> 'currency' = any($3))`;
/** Number of neighbours examined on each side: some statements a day, and some copies of them. */
const BEFORE = 40;
const AFTER = 12;

/**
 * Checks again how a statement follows its predecessor and how its successors follow it, wherever in the account's
 * history it was inserted.
 */
export async function linkStatement(
  tx: Transaction,
  { sourceId, accountId, statementId, lastDay, currencies }: LinkInput,
): Promise<NewEvent[]> {
  const before = await tx.query<ChainRow>(
    `select ${COLUMNS} from statements where ${CHAINED} and last_day <= $2 order by last_day desc, ordered_at desc, id desc limit ${BEFORE}`,
    [accountId, lastDay, currencies],
  );
  const after = await tx.query<ChainRow>(
    `select ${COLUMNS} from statements where ${CHAINED} and last_day > $2 order by last_day, ordered_at, id limit ${AFTER}`,
    [accountId, lastDay, currencies],
  );
  const ordered = inOrder([...before, ...after].map(itemOf));
  const skip = ordered.findIndex(({ id }) => id === statementId);
  // For other currencies of the later statements, not all predecessors are loaded here.
  const links = linkAll(ordered, skip).filter(({ currency }) => currencies.includes(currency));
  const changed = await storeLinks(tx, { sourceId, accountId }, links);
  const found = await updateFindings(tx, sourceId, links.flatMap(checksOf));
  const updated = [...new Set(changed)].filter((id) => id !== statementId);
  return [
    ...updated.map((entityId): NewEvent => ({
      sourceId,
      body: { kind: "EntityChanged", change: "UPDATED", entityType: "Statement", entityId },
    })),
    ...found,
  ];
}

export interface LinkInput {
  readonly sourceId: string;
  /** Global ids. */
  readonly accountId: string;
  readonly statementId: string;
  readonly lastDay: LocalDate;
  /** Currencies of the statement. */
  readonly currencies: readonly string[];
}

function itemOf(row: ChainRow): ChainItem {
  return {
    id: row.id,
    firstDay: row.first_day ?? row.last_day,
    lastDay: row.last_day,
    sequence: sequenceOf(row.electronic_sequence ?? row.legal_sequence),
    issuedAt: row.issued_at ?? "",
    checks: row.checks,
  };
}

/** Returns the statements whose link has changed. */
async function storeLinks(
  tx: Transaction,
  { sourceId, accountId }: { readonly sourceId: string; readonly accountId: string },
  links: readonly StatementLink[],
): Promise<readonly string[]> {
  const rows = await tx.query<{ statement_id: string }>(
    `insert into statement_links as existing (tenant_id, source_id, account_id, statement_id, currency, previous_id, state, difference_minor, exponent)
     select $1, $2, $3, incoming.*
     from unnest($4::text[], $5::text[], $6::text[], $7::text[], $8::numeric[], $9::smallint[]) as incoming
     on conflict (tenant_id, statement_id, currency) do update set previous_id = excluded.previous_id, state = excluded.state,
       difference_minor = excluded.difference_minor, exponent = excluded.exponent
     where (existing.previous_id, existing.state, existing.difference_minor, existing.exponent)
       is distinct from (excluded.previous_id, excluded.state, excluded.difference_minor, excluded.exponent)
     returning statement_id`,
    [
      tx.tenantId,
      sourceId,
      accountId,
      links.map((link) => link.statementId),
      links.map(({ currency }) => currency),
      links.map(({ previousId }) => previousId ?? null),
      links.map(({ state }) => state),
      links.map(({ difference }) => difference?.minor.toString() ?? null),
      links.map(({ difference }) => difference?.exponent ?? null),
    ],
  );
  return rows.map((row) => row.statement_id);
}

/** Each kind of error is a finding of its own, so that a resolved one is closed when another one begins. */
const WRONG = {
  GAP: {
    kind: "STATEMENT_GAP",
    cause: "ASYNC_BOTTLENECK",
    statement: "does not open with the closing balance of the previous statement: statements between them are missing",
    remedy: "Ask the bank for the statements between the two. The finding closes by itself when they arrive.",
  },
  OVERLAP: {
    kind: "STATEMENT_OVERLAP",
    cause: "FORMAT_MISMATCH",
    statement: "covers days that the previous statement also covers, and does not open with its closing balance",
    remedy: "Entries that are in both are stored once. Ask the bank which of the two is valid.",
  },
  OUT_OF_ORDER: {
    kind: "STATEMENT_OUT_OF_ORDER",
    cause: "FORMAT_MISMATCH",
    statement: "has a number that does not come after the number of the previous statement",
    remedy: "The balances agree, so nothing is missing. Ask the bank about its numbers.",
  },
  DUPLICATE: {
    kind: "STATEMENT_DUPLICATE",
    cause: "FORMAT_MISMATCH",
    statement: "repeats the days and the balances of another statement under another id",
    remedy:
      "Its entries are stored once. Nothing has to be done, unless the bank meant it to replace the other statement.",
  },
} as const;

function checksOf(link: StatementLink): FindingCheck[] {
  const { statementId, previousId, currency, state, difference } = link;
  const evidence = {
    statementId,
    ...(previousId !== undefined && { previousId }),
    currency,
    ...(difference !== undefined && { difference: decimalText(difference.minor, difference.exponent) }),
  };
  return Object.entries(WRONG).map(([wrong, { kind, cause, statement, remedy }]) => ({
    kind,
    subject: `${statementId} ${currency}`,
    finding:
      wrong === state
        ? { cause, summary: `Statement ${statementId} ${statement} (${currency})`, evidence, remedy }
        : undefined,
  }));
}
