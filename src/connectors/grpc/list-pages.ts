import { ServiceError } from "../../domain/error.ts";
import { callMethod, type DecodedAnswer, type GrpcSourceCall } from "./client.ts";
import type { ListPlan } from "./plan/list-plan.ts";

/** Pages without an item in a row, after which a list counts as endless. */
const MAX_EMPTY_PAGES = 1_000;

/** A page that was read. */
export interface ReadPage {
  readonly page: DecodedAnswer;
  readonly elements: readonly Uint8Array[];
  /** Position of the page after it; undefined: it is the last. */
  readonly position: string | undefined;
}

/** What a list is requested with. */
export interface PagesRequest {
  /** Position of the page with which an earlier read continues; undefined: the first page. */
  readonly position: string | undefined;
  /** RFC 3339; undefined: everything. */
  readonly since: string | undefined;
  /** Value of `each`; undefined: the list has none. */
  readonly each: string | undefined;
}

/** Yields the pages of a list to its end. @throws ServiceError UPSTREAM_GARBLED when they do not advance */
export async function* pagesOf(
  call: GrpcSourceCall,
  list: ListPlan,
  { position: first, since, each }: PagesRequest,
): AsyncGenerator<ReadPage, void> {
  const seen = new Set<string>();
  let position = first;
  let emptyPages = 0;
  let isResumed = position !== undefined;
  let previous: Uint8Array | undefined;
  for (;;) {
    const page = await readPage(call, list, list.request(position, { since, each }), isResumed);
    if (page === "refused") {
      [position, isResumed] = [undefined, false];
      continue;
    }
    isResumed = false;
    const elements = (list.items.read(page.message) ?? []) as readonly Uint8Array[]; // kept encoded
    const next = list.paging?.next({ message: page.message, elements, position });
    yield { page, elements, position: next };
    if (next === undefined) return;
    emptyPages = elements.length === 0 ? emptyPages + 1 : 0;
    if (seen.has(next)) throw notAdvancing(list, "a page token was repeated");
    if (emptyPages >= MAX_EMPTY_PAGES) throw notAdvancing(list, `${emptyPages} pages in a row have no item`);
    const { message } = page.answer;
    if (
      list.paging?.by !== "token" &&
      elements.length > 0 &&
      previous !== undefined &&
      Buffer.compare(message, previous) === 0
    ) {
      throw notAdvancing(list, "a page was repeated, although the next one was requested");
    }
    previous = message;
    seen.add(next);
    position = next;
  }
}

/** `refused`: the server no longer accepts the token of an earlier read; contracts rarely say how long one is valid. */
async function readPage(
  call: GrpcSourceCall,
  { method, items }: ListPlan,
  request: Uint8Array,
  isResumed: boolean,
): Promise<DecodedAnswer | "refused"> {
  try {
    return await callMethod(call, method, request, items);
  } catch (reason) {
    if (isResumed && ServiceError.from(reason).code === "UPSTREAM_REJECTED") return "refused";
    throw reason;
  }
}

function notAdvancing({ method }: ListPlan, detail: string): ServiceError {
  return new ServiceError("UPSTREAM_GARBLED", "the upstream's paging does not advance", {
    detail: `${method.path}: ${detail}`,
  });
}
