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

/** Writes answers of one source. */
export interface Committer {
  /**
   * Resolves after the commit, with the moment on our monotonic clock just before its transaction began.
   * @throws ServiceError STORE_UNAVAILABLE | INTERNAL
   */
  commit(answer: Answer): Promise<number>;
}

export interface CommitterOptions {
  readonly db: Database;
  readonly source: Source;
  /** Told when answers and stored objects could not be ordered: the refetcher settles them. */
  readonly onDoubts: () => void;
}

interface Waiter {
  readonly answer: Answer;
  readonly resolve: (beganMs: number) => void;
  readonly reject: (reason: ServiceError) => void;
}

/** One transaction at a time; what comes while it runs goes together in the next one: the busier, the cheaper each. */
export function createCommitter({ db, source, onDoubts }: CommitterOptions): Committer {
  const waiting: Waiter[] = [];
  const transactions = coalesce(async () => {
    await endOfTurn(); // answers that were read from the sockets together go together
    await commitTogether(waiting.splice(0));
  });

  async function commitTogether(waiters: readonly Waiter[]): Promise<void> {
    const beganMs = performance.now();
    try {
      if (waiters.length > 0 && (await write(waiters.map(({ answer }) => answer)))) onDoubts();
      for (const { resolve } of waiters) resolve(beganMs);
    } catch (reason) {
      const error = ServiceError.from(reason);
      if (waiters.length === 1 || error.code === "STORE_UNAVAILABLE") for (const { reject } of waiters) reject(error);
      else for (const waiter of waiters) await commitTogether([waiter]); // one is to blame: it stops only itself
    }
  }

  /** @returns whether something is in doubt */
  async function write(answers: readonly Answer[]): Promise<boolean> {
    const groups = [...Map.groupBy(answers, ({ asked }) => asked)].map(([asked, some]) => {
      const items = some.flatMap(({ messages }) => messages.map((message) => ({ message, deliveryId: undefined })));
      return { asked, items };
    });
    const inputs = await Promise.all(
      groups.map(async (group) => ({ ...group, payloads: await encodePayloads(group.items) })),
    );
    return db.transaction(source.tenantId, async (tx) => {
      const events: NewEvent[] = [];
      let isInDoubt = false;
      for (const input of inputs) {
        const applied = await apply(tx, { ...input, sourceId: source.id, via: "READ_THROUGH", runId: undefined });
        events.push(...applied.events);
        isInDoubt ||= applied.outcomes.some(({ result }) => result === "doubt");
      }
      if (events.length > 0) await appendEvents(tx, events);
      return isInDoubt;
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
