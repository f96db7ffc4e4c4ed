import type { EntityType } from "../../domain/ids.ts";
import type { EntityRows } from "./rows.ts";

/** Fields of the rows that a reader uses, by kind; a kind that is not in it is read completely. */
export type ReadColumns = { readonly [Type in EntityType]?: ReadonlySet<keyof EntityRows[Type] & string> };
