import type { ObjectMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import type { DateTime } from "../../domain/values.ts";
import type { MessageValues } from "../../protocols/protobuf/message.ts";
import { callList, type CardProcessorCall, type ListAnswer } from "./client.ts";
import type { PassPosition } from "./cursor.ts";
import type { ObjectKind } from "./kinds.ts";
import { readObject } from "./messages.ts";

/** One page of a list, oldest change first. */
export interface Page {
  readonly messages: readonly ObjectMessage[];
  /** Latest time of change on the page; undefined if no object states one. */
  readonly reached: DateTime | undefined;
  /** Empty on the last page. */
  readonly nextPageToken: string;
}

export interface PassOptions {
  /** Undefined: every object. */
  readonly since: DateTime | undefined;
  readonly position: PassPosition;
}

/**
 * Yields the pages of a list. A page token that the processor no longer accepts is replaced by the time that the pass has
 * reached: some objects then come again, and none is left out.
 * @throws ServiceError UPSTREAM_* | CANCELED; UPSTREAM_GARBLED for a list that does not end
 */
export async function* readPages(
  call: CardProcessorCall,
  kind: ObjectKind,
  { since, position }: PassOptions,
): AsyncGenerator<Page, void> {
  const seen = new Set<string>();
  let { pageToken = "", reached } = position;
  let start = since;
  for (;;) {
    const answer = await listPage(call, kind, { start, pageToken });
    if (answer === "refused") {
      if (start === reached) throw notAdvancing(kind, "a page token is refused, and no time was reached");
      start = reached;
      pageToken = "";
      continue;
    }
    const page = pageOf(kind, answer);
    reached = page.reached ?? reached;
    yield page;
    pageToken = page.nextPageToken;
    if (pageToken === "") return;
    if (seen.has(pageToken)) throw notAdvancing(kind, "a page was repeated");
    seen.add(pageToken);
  }
}

/** Page after a token in a list since a time. */
interface PageRequest {
  readonly start: DateTime | undefined;
  readonly pageToken: string;
}

/** `refused`: the processor does not accept the token, of which it does not say when it expires. */
async function listPage(
  call: CardProcessorCall,
  kind: ObjectKind,
  { start, pageToken }: PageRequest,
): Promise<ListAnswer | "refused"> {
  const values: MessageValues = {
    page_size: call.config.pageSize,
    page_token: pageToken,
    ...(start !== undefined && { updated_since: start }),
  };
  try {
    return await callList(call, `List${kind.plural}`, values);
  } catch (reason) {
    if (pageToken !== "" && ServiceError.from(reason).code === "UPSTREAM_REJECTED") return "refused";
    throw reason;
  }
}

/** Reads the objects of a response, each by itself. */
export function pageOf(kind: ObjectKind, { items, listName, payload, nextPageToken }: ListAnswer): Page {
  const objects = items.map((bytes, index) => readObject(kind, bytes, { payload, path: `/${listName}/${index}` }));
  const times = objects.flatMap(({ updatedAt }) => updatedAt ?? []);
  return {
    messages: objects.flatMap(({ messages }) => messages),
    reached: times.toSorted().at(-1),
    nextPageToken,
  };
}

function notAdvancing(kind: ObjectKind, detail: string): ServiceError {
  return new ServiceError("UPSTREAM_GARBLED", "the card processor's paging does not advance", {
    detail: `List${kind.plural}: ${detail}`,
  });
}
