import { differencesDocument } from "../../operations/completeness.ts";
import { route, setParams } from "../../state/route.ts";
import { useQuery } from "../../state/use-query.ts";
import { Problem, State, Time, words } from "../../ui/elements.tsx";
import { TableBox } from "../../ui/table-box.tsx";

/** The objects in which comparisons have found a difference, those that were found last first. */
export function Differences({ source }: { readonly source: string }) {
  const { after } = route.value.params;
  const { data, error, reload } = useQuery(
    differencesDocument,
    { id: source, after: after ?? null },
    { concerns: ({ __typename: type, source: about }) => type === "RunFinished" && about?.id === source },
  );
  const page = data?.source?.differences;
  if (error !== undefined) return <Problem text={error} retry={reload} />;
  if (page === undefined || (page.nodes.length === 0 && after === undefined)) return null;
  return (
    <section aria-labelledby="differences">
      <h2 id="differences">Differences</h2>
      <TableBox label="Table of differences">
        <table class="dense">
          <thead>
            <tr>
              <th scope="col">Found</th>
              <th scope="col">Object</th>
              <th scope="col">Difference</th>
              <th scope="col">Stream</th>
              <th scope="col">Day</th>
              <th scope="col">Repair</th>
            </tr>
          </thead>
          <tbody>
            {page.nodes.map((one) => (
              <tr key={`${one.entityId} ${one.foundAt}`}>
                <td>
                  <Time at={one.foundAt} />
                </td>
                <th scope="row">
                  <span class="id">{one.externalId}</span> <span class="under">{words(one.entityType)}</span>
                </th>
                <td>{words(one.kind)}</td>
                <td>{one.stream}</td>
                <td>{one.day ?? <span class="none">undated</span>}</td>
                <td>
                  {one.repairedAt === null ? (
                    <State tone="bad">{one.problem ?? "not repaired"}</State>
                  ) : (
                    <State tone={one.verifiedAt === null ? "busy" : "good"}>
                      {one.verifiedAt === null ? "repaired" : "repaired and read again"}
                    </State>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableBox>
      <div class="actions">
        {after !== undefined && (
          <button type="button" class="small" onClick={() => setParams({ after: undefined })}>
            Newest
          </button>
        )}
        {page.pageInfo.hasNextPage && (
          <button
            type="button"
            class="small"
            onClick={() => setParams({ after: page.pageInfo.endCursor ?? undefined })}
          >
            Older
          </button>
        )}
      </div>
    </section>
  );
}
