import { isTracing, openSpan, type OpenSpan, type SpanOptions } from "./tracing.ts";

/** Messages whose pages are spans. */
export interface TracedPages<Message> {
  readonly messages: AsyncIterable<Message>;
  /** Header that continues the trace of the current page. Undefined without an SDK. */
  traceparent(): string | undefined;
}

/**
 * Makes one span of what is done to read each page of a long read, which would otherwise be a span of hours.
 * @param isPageEnd whether a message is the last one of its page
 */
export function tracePages<Message>(
  messages: AsyncIterable<Message>,
  options: () => SpanOptions,
  isPageEnd: (message: Message) => boolean,
): TracedPages<Message> {
  if (!isTracing) return { messages, traceparent: () => undefined };
  let page: OpenSpan | undefined;
  /** Messages of the current page. */
  let count = 0;

  async function* read(): AsyncGenerator<Message, void> {
    const iterator = messages[Symbol.asyncIterator]();
    let failure: unknown;
    try {
      for (;;) {
        const current = (page ??= openSpan(options));
        const { done, value } = await current.run(() => iterator.next());
        if (done === true) break;
        count += 1;
        yield value;
        if (!isPageEnd(value)) continue;
        page.end();
        page = undefined; // the next one begins when it is read
        count = 0;
      }
    } catch (reason) {
      failure = reason;
      throw reason;
    } finally {
      if (count > 0 || failure !== undefined) page?.end(failure); // what follows the last page is no page
      await iterator.return?.();
    }
  }

  return { messages: read(), traceparent: () => page?.traceparent };
}
