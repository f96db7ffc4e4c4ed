/** Filter of quarantined records, which must meet every condition; null and undefined set no condition. */
export interface QuarantineFilter {
  readonly sourceIds?: readonly string[] | null | undefined;
  readonly entityTypes?: readonly string[] | null | undefined;
  readonly status?: string | null | undefined;
}
