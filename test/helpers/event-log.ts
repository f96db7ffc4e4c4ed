import { appendEvents } from "../../src/events/append.ts";
import type { EventBody } from "../../src/events/event.ts";
import { createEventFeed, type EventFeed, type EventFeedOptions } from "../../src/events/feed.ts";
import { createDatabase, type Database, type DatabaseOptions } from "../../src/store/database.ts";
import { migrate } from "../../src/store/migrate.ts";
import { type TestConnection, useDatabase } from "./postgres.ts";

/** A migrated database with an event log, and everything opened on it, closed together. */
export interface EventLog extends AsyncDisposable {
  readonly connection: TestConnection;
  readonly database: Database;
  /** Commits events in one transaction; resolves with the number of the last. */
  append(tenantId: string, ...bodies: readonly EventBody[]): Promise<bigint>;
  openFeed(options?: Partial<EventFeedOptions>): EventFeed;
  openDatabase(options?: Partial<DatabaseOptions>): Database;
}

export async function useEventLog(): Promise<EventLog> {
  const migrated = await useDatabase({ template: async (connection) => void (await migrate(connection)) });
  const { connection } = migrated;
  const databases: Database[] = [];
  const feeds: EventFeed[] = [];
  const openDatabase = (options: Partial<DatabaseOptions> = {}): Database => {
    const database = createDatabase({ connection, max: 10, ...options });
    databases.push(database);
    return database;
  };
  const database = openDatabase();
  return {
    connection,
    database,
    append: (tenantId, ...bodies) =>
      database.transaction(tenantId, (tx) =>
        appendEvents(
          tx,
          bodies.map((body) => ({ sourceId: "stripe-main", body })),
        ),
      ),
    openFeed(options = {}) {
      const feed = createEventFeed({ database, ...options });
      feeds.push(feed);
      return feed;
    },
    openDatabase,
    async [Symbol.asyncDispose]() {
      await Promise.all(feeds.map((feed) => feed.close()));
      await Promise.all(databases.map((one) => one.close()));
      await migrated.close();
    },
  };
}

/** An event that says nothing but its own name. */
export function runStarted(runId: string): EventBody {
  return { kind: "RunStarted", runId };
}
