import { type ReadonlySignal, signal } from "@preact/signals";

/** Where the user is: `#/deliveries/dlv_1?status=PARKED`. Everything is in the fragment, which is never sent. */
export interface Route {
  readonly page: string;
  /** Object that is open on the page. */
  readonly id: string | undefined;
  readonly params: Readonly<Record<string, string>>;
}

export const FIRST_PAGE = "overview";

export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  const [page = "", ...rest] = path.split("/");
  const id = rest.join("/");
  return {
    page: page === "" ? FIRST_PAGE : page,
    id: id === "" ? undefined : decode(id),
    params: Object.fromEntries(new URLSearchParams(query)),
  };
}

/** Returns the link to a page. Parameters without a value are left out. */
export function linkTo(page: string, id?: string, params: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(params).filter((entry): entry is [string, string] => Boolean(entry[1]));
  const query = new URLSearchParams(given).toString();
  return `#/${page}${id === undefined ? "" : `/${encodeURIComponent(id)}`}${query === "" ? "" : `?${query}`}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

const current = signal(parseRoute(globalThis.location?.hash ?? ""));
export const route: ReadonlySignal<Route> = current;

export function watchRoute(): void {
  addEventListener("hashchange", () => void (current.value = parseRoute(location.hash)));
}

/** Changes parameters of the present page; undefined removes one. */
export function setParams(params: Readonly<Record<string, string | undefined>>): void {
  const { page, id, params: present } = current.value;
  location.replace(linkTo(page, id, { ...present, ...params }));
}
