import { createReadThrough, type ReadThrough } from "../ingest/read-through/read-through.ts";
import type { Part } from "../runtime/parts.ts";
import type { SourceRegistry } from "../sources/source-registry.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly sources: SourceRegistry;
}

/** Fetches objects that readers need fresher than they are stored. */
export const part: Part<Needs, { readonly readThrough: ReadThrough }> = {
  name: "read-through",
  start: ({ dbFor, sources, log, wakeUps }) => ({
    readThrough: createReadThrough({ db: dbFor("read-through", "awaited"), sources, log, wakeUps }),
  }),
  close: ({ readThrough }) => readThrough.close(),
};
