import { isInnerList, type Item, type List, parseList } from "structured-headers";

/**
 * Parses a structured field that is a list of items, in order; undefined for any other content, as a whole: if a field
 * is invalid in one place, its other parts are not reliable, and none of ours has inner lists. Source: RFC 9651,
 * section 4.2.
 */
export function parseItems(text: string): readonly Item[] | undefined {
  const members = parseOrUndefined(text);
  return members?.every((member): member is Item => !isInnerList(member)) === true ? members : undefined;
}

function parseOrUndefined(text: string): List | undefined {
  try {
    return parseList(text);
  } catch {
    // Any error of the library means that the field is malformed; it is ignored.
    return undefined;
  }
}
