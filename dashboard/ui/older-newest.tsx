import { route, setParams } from "../state/route.ts";

export interface OlderNewestProps {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Leads through a list, newest first, a page at a time: the cursor is in the address. */
export function OlderNewest({ pageInfo }: OlderNewestProps) {
  return (
    <div class="actions">
      {route.value.params["after"] !== undefined && (
        <button type="button" class="small" onClick={() => setParams({ after: undefined })}>
          Newest
        </button>
      )}
      {pageInfo.hasNextPage && (
        <button type="button" class="small" onClick={() => setParams({ after: pageInfo.endCursor ?? undefined })}>
          Older
        </button>
      )}
    </div>
  );
}
