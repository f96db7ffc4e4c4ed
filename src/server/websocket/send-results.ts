import type { ExecutionResult } from "graphql";
import { createPullIterator, type PullIterator } from "../../events/pull-iterator.ts";
import type { EventResult } from "../subscriptions/event-result.ts";

/** Sends complete messages in order; resolves when the kernel has accepted them, or when it never will. */
export type SendMessages = (messages: readonly Buffer[]) => Promise<void>;

export interface SendResultsOptions {
  /** Id of the operation, given by the client. */
  readonly id: string;
  readonly results: PullIterator<EventResult>;
  readonly send: SendMessages;
}

/** Number of messages that are in transit at a time. */
const MAX_MESSAGES = 64;
const END = Buffer.from("}");

/**
 * Sends the results of a subscription as `next` messages, whose payloads are ready bytes. Results that are ready at the
 * same time are written at once, and the next ones are requested when the kernel has accepted them.
 * @returns an iterator for graphql-ws without values: it ends or fails when the results do, and ends them
 */
export function sendResults({ id, results, send }: SendResultsOptions): PullIterator<ExecutionResult> {
  const start = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  const messageOf = ({ bytes }: EventResult): Buffer =>
    Buffer.concat([start, bytes, END], start.length + bytes.length + END.length);
  return createPullIterator<ExecutionResult>({
    async pull() {
      for (;;) {
        const { done, value } = await results.next();
        if (done === true) return undefined;
        await send([value, ...results.takeReady(MAX_MESSAGES - 1)].map(messageOf));
      }
    },
    close: () => void results.return(),
  });
}
