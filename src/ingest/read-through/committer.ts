import { apply } from "../apply/apply.ts";
import { encodePayloads } from "../apply/encode-payloads.ts";
import type { HintMessage, ObjectMessage } from "../../connector-api/messages.ts";
import { appendEvents } from "../../events/append.ts";
import { isStoreAway } from "../../store/store-error.ts";
import type { NewEvent } from "../../events/event.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { createGroupCommit } from "../../runtime/group-commit.ts";

/** The upstream's response. */
export interface Answer {
  readonly messages: readonly (ObjectMessage | HintMessage)[];
  /**
   * The database's time before the upstream was called, see `WriteInput.asked` in
   * src/store/entities/write-observations.ts.
   */
  readonly requestedAt: string;
}

/**
 * The store's result for each object of the response, by global id. `doubt`: the stored state and the response cannot
 * be ordered, so the store kept its state. Objects that could not be applied are missing.
 */
export type Kept = ReadonlyMap<string, "observed" | "conflict">;

/** Writes responses of one source. */
export interface Committer {
  /**
   * Resolves after the commit, with the results of this response's objects and of those that were committed together
   * with it.
   * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
   */
  commit(answer: Answer): Promise<Kept>;
}

export interface CommitterOptions {
  readonly db: Database;
  readonly source: Source;
  /**
   * Called when responses and stored objects could not be ordered, or hint at other objects: the refetcher resolves
   * them.
   */
  readonly onRefetchNeeded: () => void;
}

/**
 * Maximum messages of one transaction that contains several responses: building its statements takes some 10 ms of the
 * event loop.
 */
const MAX_MESSAGES = 500;

/**
 * Runs one transaction at a time; responses that arrive meanwhile go together into the next one: the higher the load,
 * the cheaper each response.
 */
export function createCommitter({ db, source, onRefetchNeeded }: CommitterOptions): Committer {
  const commits = createGroupCommit<Answer, Kept>({
    commit: commitTogether,
    sizeOf: ({ messages }) => messages.length,
    maxBatchSize: MAX_MESSAGES,
    isOfOneItem: (failure) => !isStoreAway(failure),
  });

  async function commitTogether(answers: readonly Answer[]): Promise<readonly Kept[]> {
    const kept = await write(answers);
    const hasHints = answers.some(({ messages }) => messages.some(({ type }) => type === "hint"));
    if (hasHints || [...kept.values()].includes("conflict")) onRefetchNeeded();
    return answers.map(() => kept);
  }

  async function write(answers: readonly Answer[]): Promise<Kept> {
    const groups = [...Map.groupBy(answers, ({ requestedAt }) => requestedAt)].map(([requestedAt, some]) => {
      const items = some.flatMap(({ messages }) => messages.map((message) => ({ message, deliveryId: undefined })));
      return { requestedAt, items };
    });
    const inputs = await Promise.all(
      groups.map(async (group) => ({ ...group, payloads: await encodePayloads(group.items) })),
    );
    return db.transaction(source.tenantId, async (tx) => {
      const events: NewEvent[] = [];
      const kept = new Map<string, "observed" | "conflict">();
      for (const input of inputs) {
        const applied = await apply(tx, {
          ...input,
          sourceId: source.id,
          via: "READ_THROUGH",
          runId: undefined,
          renames: source.connector.renames ?? [],
        });
        events.push(...applied.events);
        for (const { observation, result } of applied.outcomes) {
          if (kept.get(observation.id) !== "conflict")
            kept.set(observation.id, result === "conflict" ? "conflict" : "observed");
        }
      }
      if (events.length > 0) await appendEvents(tx, events);
      return kept;
    });
  }

  return { commit: commits.add };
}
