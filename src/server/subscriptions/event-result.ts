import type { FormattedExecutionResult } from "graphql";
import type { StreamItem } from "../../events/stream-item.ts";

/** Result of the execution of one event. All subscribers that share the execution receive the same object. */
export interface EventResult {
  /** The executed event; its `seq` is the position after it. */
  readonly item: StreamItem;
  /** Its errors are formatted for clients. Their request id is that of the execution, not of one subscriber. */
  readonly result: FormattedExecutionResult;
  /** The result as JSON text. */
  readonly json: string;
  /** `json` in UTF-8. It is shared: transports must not write to it. */
  readonly bytes: Buffer;
}

/** Creates a result with its text. Its bytes are made once, when a transport first needs them. */
export function createEventResult(item: StreamItem, result: FormattedExecutionResult): EventResult {
  const json = JSON.stringify(result);
  let bytes: Buffer | undefined;
  return {
    item,
    result,
    json,
    get bytes() {
      return (bytes ??= Buffer.from(json));
    },
  };
}

/** Returns about how many bytes of memory a result occupies: the objects, the text and the bytes. */
export function memoryOf({ json }: EventResult): number {
  return 500 + 6 * json.length;
}
