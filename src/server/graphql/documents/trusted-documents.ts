import { hash } from "node:crypto";

/** Documents of a manifest, which the operator trusts. */
export interface TrustedDocuments {
  /** `also`: texts of clients are executed too. `only`: nothing else is executed. */
  readonly mode: "also" | "only";
  /** Text of each document by its id. */
  readonly texts: ReadonlyMap<string, string>;
}

/** Returns the text of a trusted document; undefined if there is none of this id. */
export type FindTrustedDocument = (id: string) => string | undefined;

/** Prefix of an id that is the SHA-256 of the text. Source: GraphQL over HTTP, appendix A, "Prefixed Document Identifier". */
const SHA256_PREFIX = /^sha256:(?=[0-9a-f]{64}$)/;
/** Id that Hive's clients send: `app~version~hash`, of which a manifest has the hash. */
const HIVE_ID = /^[^~]+~[^~]+~([^~]+)$/;

/** Creates a lookup by the id of the manifest, by `sha256:<hash of the text>`, and by Hive's `app~version~id`. */
export function createTrustedDocumentFinder(texts: TrustedDocuments["texts"]): FindTrustedDocument {
  const byHash = new Map([...texts.values()].map((text) => [hash("sha256", text), text]));
  return (id) => {
    const found = texts.get(id) ?? byHash.get(id.replace(SHA256_PREFIX, ""));
    if (found !== undefined) return found;
    const ofHive = HIVE_ID.exec(id)?.[1];
    return ofHive === undefined ? undefined : texts.get(ofHive);
  };
}
