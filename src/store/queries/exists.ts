/** SQL condition: the object exists at its source, as far as is known. */
export function exists(row: string): string {
  return `${row}.content_hash is not null and ${row}.deleted_at is null`;
}
