/**
 * SQL of the version gate: true when the row offered (`excluded`) is newer than the row stored (`stored`). The first
 * two lines mirror `compareVersions` in src/domain/version.ts, and a test holds them together. The third is causality:
 * `asked` is this database's clock before the upstream was asked, so a row written before it was seen by the answer.
 */
export function newerThanStored(asked: string): string {
  return `(excluded.version_from > stored.version_until
    or (excluded.version_until >= stored.version_from and excluded.finality > stored.finality)
    or stored.written_at < ${asked}::timestamptz)`;
}
