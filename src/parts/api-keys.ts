import { type ApiKeys, createApiKeys } from "../api-keys/api-keys.ts";
import type { Part } from "../runtime/parts.ts";
import type { Database } from "../store/database.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly graphDb: Database;
}

/** Keys with which services call the graph, and the check of those that open connections use. */
export const part: Part<Needs, { readonly apiKeys: ApiKeys }> = {
  name: "API keys",
  start({ dbFor, graphDb, log }) {
    const apiKeys = createApiKeys({
      db: dbFor("api keys", "awaited"),
      lookupDb: graphDb,
      random: Math.random,
      onProblem: (err) => log.warn({ err }, "API keys"),
    });
    apiKeys.start();
    return { apiKeys };
  },
  close: ({ apiKeys }) => apiKeys.close(),
};
