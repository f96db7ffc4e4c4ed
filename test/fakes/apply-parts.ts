import type { ApplyFileInput, FileResult } from "../../src/ingest/statements/apply-file.ts";

/**
 * Stores the parts of a file, one in a transaction, and reads its bytes to their end: a small version of `applyFile`.
 */
export async function applyParts({ db, source, file, bytes, advance, finish }: ApplyFileInput): Promise<FileResult> {
  let size = 0;
  for await (const piece of bytes) size += piece.byteLength;
  for (const part of file.parts.slice(file.position.statement)) {
    await db.transaction(source.tenantId, async (tx) => {
      await advance(tx, { statement: part.index + 1, entry: 0 });
      await tx.query(
        `insert into statement_parts (tenant_id, statement_id, page, source_id, account_id, file_id, version, part)
         values ($1, $2, 1, $3, 'acc', $4, $5, '{}') on conflict do nothing`,
        [tx.tenantId, `${source.id} ${part.statementId}`, source.id, file.id, size],
      );
    });
  }
  const statements = file.parts.map(({ statementId = null, kind }) => ({
    id: `stm_${statementId}`,
    accountId: "acc",
    kind,
    statementId,
    entries: 1,
    booked: 1,
    faulty: 0,
    isBalanced: null,
  }));
  const result = { statements, created: file.parts.length, known: 0, quarantined: 0 };
  await db.transaction(source.tenantId, (tx) => finish(tx, result));
  return result;
}
