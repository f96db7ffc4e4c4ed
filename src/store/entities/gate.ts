/**
 * Returns the SQL of the version gate: true when the incoming row (`excluded`) is newer than the stored row (`stored`).
 * The first two lines mirror `compareVersions` in src/domain/version.ts, and a test keeps the two equal. The third is
 * causality: `requestedAt` is this database's clock before the upstream request, so the response reflects any row written
 * before it.
 */
export function newerThanStored(requestedAt: string): string {
  return `(excluded.version_from > stored.version_until
    or (excluded.version_until >= stored.version_from and excluded.finality > stored.finality)
    or stored.written_at < ${requestedAt}::timestamptz)`;
}
