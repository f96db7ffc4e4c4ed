/** An element's name without its prefix, and its namespace: "" if it is in none. */
export interface ExpandedName {
  readonly local: string;
  readonly uri: string;
}

/** The prefixes that are bound at one position of a document. */
export interface Scopes {
  /** Enters an element with declarations: prefix ("" for the default) to namespace. */
  push(declarations: ReadonlyMap<string, string>): void;
  /** Leaves the element. */
  pop(): void;
  /** Resolves a name. Undefined for a prefix that is not bound, and for a name with more than one colon. */
  expand(name: string): ExpandedName | undefined;
}

/** Maximum cached names: a file with more different names than the schemas need not be read fast. */
const CACHED_NAMES = 1_000;
const XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace";

/**
 * Creates the scopes of namespaces in XML 1.0. Names are looked up in a cache, which is cleared with each change of the
 * declarations.
 */
export function createScopes(): Scopes {
  const stack: ReadonlyMap<string, string>[] = [new Map([["xml", XML_NAMESPACE]])];
  const cache = new Map<string, ExpandedName | undefined>();
  const expand = (name: string): ExpandedName | undefined => {
    const colon = name.indexOf(":");
    const [prefix, local] = colon === -1 ? ["", name] : [name.slice(0, colon), name.slice(colon + 1)];
    const uri = stack.findLast((declared) => declared.has(prefix))?.get(prefix);
    if (colon === -1) return { local, uri: uri ?? "" };
    return colon === 0 || local === "" || local.includes(":") || uri === undefined ? undefined : { local, uri };
  };
  return {
    push(declarations) {
      stack.push(declarations);
      cache.clear();
    },
    pop() {
      stack.pop();
      cache.clear();
    },
    expand(name) {
      const known = cache.get(name);
      if (known !== undefined) return known;
      const expanded = expand(name);
      if (cache.size < CACHED_NAMES) cache.set(name, expanded);
      return expanded;
    },
  };
}
