import type { ReadInput } from "../../src/connector-api/connector.ts";
import type { ReadMessage } from "../../src/connector-api/messages.ts";
import { ServiceError } from "../../src/domain/error.ts";
import { exampleNameGet } from "./client.ts";
import type { ExampleNameConfig } from "./config.ts";
import type { ExampleNameCursor } from "./cursor.ts";
import { messageOf } from "./messages.ts";
import { pageWire } from "./wire.ts";

const PAGE_SIZE = 100;

/** Reads the feed from its beginning or from the cursor on, with a checkpoint after each page. */
export async function* readPayments(
  input: ReadInput<ExampleNameConfig, ExampleNameCursor>,
): AsyncGenerator<ReadMessage<ExampleNameCursor>, void> {
  let after = input.cursor?.after;
  for (;;) {
    const page = await fetchPage(input, after);
    for (const [index, item] of page.data.entries()) {
      if (input.signal.aborted) throw new ServiceError("CANCELED", "the read was canceled");
      yield messageOf(item, { payload: page.payload, path: `/data/${index}` });
    }
    yield { type: "checkpoint", cursor: { after: page.next }, progress: page.has_more ? undefined : 1 };
    if (!page.has_more) return;
    if (page.next === after) throw new ServiceError("UPSTREAM_GARBLED", "paging does not advance");
    after = page.next;
  }
}

async function fetchPage(input: ReadInput<ExampleNameConfig, ExampleNameCursor>, after: string | undefined) {
  const query = new URLSearchParams({ limit: String(PAGE_SIZE), ...(after !== undefined && { after }) });
  const { response, json } = await exampleNameGet(input, `/v1/payments?${query.toString()}`);
  const parsed = pageWire.safeParse(json);
  if (!parsed.success) throw new ServiceError("UPSTREAM_MALFORMED", "the answer is no page of payments");
  return { ...parsed.data, payload: { bytes: response.body, mediaType: "application/json" } };
}
