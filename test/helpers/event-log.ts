import { appendEvents } from "../../src/events/append.ts";
import type { EventBody } from "../../src/events/event.ts";
import { eventRetention } from "../../src/events/retention.ts";
import { createEventFeed, type EventFeed, type EventFeedOptions } from "../../src/events/feed.ts";
import { createDatabase, type Database, type DatabaseOptions } from "../../src/store/database.ts";
import { deleteOldRows, type DeleteOldRowsOptions } from "../../src/store/delete-old-rows.ts";
import { migrate } from "../../src/store/migrate.ts";
import { type TestConnection, useDatabase } from "./postgres.ts";

type DeleteOptions = Pick<DeleteOldRowsOptions, "batchSize" | "signal">;

const DAY_MS = 86_400_000;

/** A migrated database with an event log, closed together with everything opened on it. */
export interface EventLog extends AsyncDisposable {
  readonly connection: TestConnection;
  readonly database: Database;
  /** Commits events in one transaction; resolves with the number of the last. */
  append(tenantId: string, ...bodies: readonly EventBody[]): Promise<bigint>;
  /** Deletes events older than this, as retention does; resolves with their number. */
  deleteOlderThan(tenantId: string, ageMs: number, options?: DeleteOptions): Promise<number>;
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
    async deleteOlderThan(tenantId, ageMs, options) {
      const retentions = [{ rule: eventRetention, days: ageMs / DAY_MS }];
      const { events = 0 } = await deleteOldRows({ db: database, tenantId, retentions, ...options });
      return events;
    },
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

/** An event that contains only its run id. */
export function runStarted(runId: string): EventBody {
  return { kind: "RunStarted", runId };
}
