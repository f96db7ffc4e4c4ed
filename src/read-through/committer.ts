import { setImmediate as endOfTurn } from "node:timers/promises";
import { apply } from "../apply/apply.ts";
import { encodePayloads } from "../apply/encode-payloads.ts";
import type { ObjectMessage } from "../connector-api/messages.ts";
import { ServiceError } from "../domain/error.ts";
import { appendEvents } from "../events/append.ts";
import type { NewEvent } from "../events/event.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { coalesce } from "../worker/coalesce.ts";

/** What the upstream has said. */
export interface Answer {
  readonly messages: readonly ObjectMessage[];
  /** The database's clock before the upstream was asked, see `WriteInput.asked` in src/store/entities/write-observations.ts. */
  readonly asked: string;
}

/**
 * What the store made of the objects that were spoken of, by global id. `doubt`: what is stored and what was said cannot be
 * ordered, so the store has kept what it had. What could not be applied is missing.
 */
export type Kept = ReadonlyMap<string, "observed" | "doubt">;

/** Writes answers of one source. */
export interface Committer {
  /**
   * Resolves after the commit, with what became of this answer's objects, and of those that were committed together with it.
   * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
   */
  commit(answer: Answer): Promise<Kept>;
}

export interface CommitterOptions {
  readonly db: Database;
  readonly source: Source;
  /** Told when answers and stored objects could not be ordered: the refetcher settles them. */
  readonly onDoubts: () => void;
}

interface Waiter {
  readonly answer: Answer;
  readonly resolve: (kept: Kept) => void;
  readonly reject: (reason: ServiceError) => void;
}

/** Of one transaction, as long as they are several answers: building its statements takes some 10 ms of the event loop. */
const MAX_MESSAGES = 500;

/** One transaction at a time; what comes while it runs goes together in the next one: the busier, the cheaper each. */
export function createCommitter({ db, source, onDoubts }: CommitterOptions): Committer {
  const waiting: Waiter[] = [];
  const transactions = coalesce(async () => {
    await endOfTurn(); // answers that were read from the sockets together go together
    while (waiting.length > 0) await commitTogether(takeSome());
  });

  function takeSome(): readonly Waiter[] {
    let messages = 0;
    const tooMany = waiting.findIndex(({ answer }) => (messages += answer.messages.length) > MAX_MESSAGES);
    return waiting.splice(0, tooMany === -1 ? waiting.length : Math.max(1, tooMany));
  }

  async function commitTogether(waiters: readonly Waiter[]): Promise<void> {
    if (waiters.length === 0) return;
    try {
      const kept = await write(waiters.map(({ answer }) => answer));
      if ([...kept.values()].includes("doubt")) onDoubts();
      for (const { resolve } of waiters) resolve(kept);
    } catch (reason) {
      const error = ServiceError.from(reason);
      if (waiters.length === 1 || error.code === "STORE_UNAVAILABLE") for (const { reject } of waiters) reject(error);
      else {
        // One is to blame: it stops only itself.
        const half = Math.ceil(waiters.length / 2);
        await commitTogether(waiters.slice(0, half));
        await commitTogether(waiters.slice(half));
      }
    }
  }

  async function write(answers: readonly Answer[]): Promise<Kept> {
    const groups = [...Map.groupBy(answers, ({ asked }) => asked)].map(([asked, some]) => {
      const items = some.flatMap(({ messages }) => messages.map((message) => ({ message, deliveryId: undefined })));
      return { asked, items };
    });
    const inputs = await Promise.all(
      groups.map(async (group) => ({ ...group, payloads: await encodePayloads(group.items) })),
    );
    return db.transaction(source.tenantId, async (tx) => {
      const events: NewEvent[] = [];
      const kept = new Map<string, "observed" | "doubt">();
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
          if (kept.get(observation.id) !== "doubt") kept.set(observation.id, result === "doubt" ? "doubt" : "observed");
        }
      }
      if (events.length > 0) await appendEvents(tx, events);
      return kept;
    });
  }

  return {
    commit: (answer) =>
      new Promise((resolve, reject) => {
        waiting.push({ answer, resolve, reject });
        transactions.ask();
      }),
  };
}
