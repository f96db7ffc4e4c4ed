/** Offers the present state of a list that was changed while its reader is further down. */
export function ListNotice({
  isOutdated,
  onRefresh,
}: {
  readonly isOutdated: boolean;
  readonly onRefresh: () => void;
}) {
  return (
    <div role="status" class="list-notice">
      {isOutdated && (
        <button type="button" class="small" onClick={onRefresh}>
          The list has changed: show its newest entries
        </button>
      )}
    </div>
  );
}
