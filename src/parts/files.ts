import { join } from "node:path";
import { createFiles, type Files } from "../ingest/files/files.ts";
import type { Part } from "../runtime/parts.ts";
import type { SourceRegistry } from "../sources/source-registry.ts";
import type { FileSources } from "../sources/file-sources.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly sources: SourceRegistry;
  readonly fileSources: FileSources;
}

/** The next process resumes any accepted file. */
const DRAIN_MS = 4_000;

/** Accepts and applies files. Nothing is applied until the service listens. */
export const part: Part<Needs, { readonly files: Files }> = {
  name: "files",
  start: ({ dbFor, sources, fileSources, config, log, wakeUps, stopping }) => ({
    files: createFiles({
      db: dbFor("files"),
      sources,
      configured: fileSources.sources.values(),
      folder: join(config.dataDir, "incoming"),
      log,
      wakeUps,
      random: Math.random,
      stopping,
    }),
  }),
  close: ({ files }) => files.close(DRAIN_MS),
};
