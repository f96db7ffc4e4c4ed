import { sourceNamesDocument } from "../operations/sources.ts";
import { useQuery } from "../state/use-query.ts";
import { route, setParams } from "../state/route.ts";
import { Select } from "./form.tsx";

/** The filter by source, which is a parameter of the page's address. */
export function SourceSelect() {
  const { data } = useQuery(sourceNamesDocument, {});
  const { source = "" } = route.value.params;
  const ids = new Set([...(source === "" ? [] : [source]), ...(data?.sources.nodes.map(({ id }) => id) ?? [])]);
  return (
    <Select
      label="Source"
      value={source}
      options={[["", "All"], ...[...ids].toSorted().map((id) => [id, id] as const)]}
      onChange={(value) => setParams({ source: value, after: undefined })}
    />
  );
}
