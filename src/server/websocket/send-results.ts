import type { ExecutionResult } from "graphql";
import type { PullIterator } from "../../events/pull-iterator.ts";
import type { EventResult } from "../subscriptions/event-result.ts";
import { textFrames } from "./text-frames.ts";

/** Writes complete frames; resolves when the kernel has accepted them, or when it never will. */
export type SendFrames = (frames: Buffer) => Promise<void>;

export interface SendResultsOptions {
  /** Id of the operation, given by the client. */
  readonly id: string;
  readonly results: PullIterator<EventResult>;
  readonly send: SendFrames;
}

/** Number of messages that are in transit at a time. */
const MAX_MESSAGES = 128;
const END = Buffer.from("}");
const DONE = { done: true, value: undefined } as const;

/**
 * Sends the results of a subscription as `next` messages, whose payloads are ready bytes. Results that are ready at the
 * same time are written at once, and the next ones are requested when the kernel has accepted them.
 * @returns an iterator for graphql-ws without values: it ends or fails when the results do, and ends them
 */
export function sendResults(options: SendResultsOptions): AsyncIterableIterator<ExecutionResult, undefined> {
  return new ResultsSender(options);
}

/** A class, because there is one for each subscription: its functions are in memory once. */
class ResultsSender implements AsyncIterableIterator<ExecutionResult, undefined> {
  readonly #id: string;
  readonly #results: PullIterator<EventResult>;
  readonly #send: SendFrames;

  constructor({ id, results, send }: SendResultsOptions) {
    this.#id = id;
    this.#results = results;
    this.#send = send;
  }

  /** Called once, because it resolves at the end. */
  async next(): Promise<IteratorResult<ExecutionResult, undefined>> {
    const start = Buffer.from(`{"id":${JSON.stringify(this.#id)},"type":"next","payload":`);
    for (;;) {
      const { done, value } = await this.#results.next();
      if (done === true) return DONE;
      const messages = [[start, value.bytes, END]];
      for (const { bytes } of this.#results.takeReady(MAX_MESSAGES - 1)) messages.push([start, bytes, END]);
      await this.#send(textFrames(messages));
    }
  }

  /** The results end at once, and with them `next`. */
  async return(): Promise<IteratorResult<ExecutionResult, undefined>> {
    await this.#results.return();
    return DONE;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }
}
