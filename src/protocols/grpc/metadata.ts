import { ServiceError } from "../../domain/error.ts";

/** Names in lower case, and values; a name that ends with `-bin` has a value in base64. */
export type Metadata = Readonly<Record<string, string>>;

/** Source: gRPC, doc/PROTOCOL-HTTP2.md, "Custom-Metadata". */
const NAME = /^[0-9a-z_.-]{1,100}$/;
const VALUE = /^[\x20-\x7e]*$/;
/** Names that the protocol itself uses. */
const RESERVED = /^(?:grpc-.*|te|content-type|user-agent|host|connection)$/;

/**
 * Returns metadata that may be sent. Errors name the entry, never its value, which may be a credential.
 * @throws ServiceError INVALID_INPUT
 */
export function requireMetadata(metadata: Metadata): Metadata {
  for (const [name, value] of Object.entries(metadata)) {
    const label = JSON.stringify(name.slice(0, 100));
    if (!NAME.test(name) || RESERVED.test(name)) {
      throw new ServiceError(
        "INVALID_INPUT",
        `metadata ${label} must be named in lower case, and not as the protocol's`,
      );
    }
    if (!VALUE.test(value)) {
      throw new ServiceError("INVALID_INPUT", `metadata ${label} must have a value of printable ASCII`);
    }
  }
  return metadata;
}

/** Returns the metadata of received headers or trailers, without HTTP/2's own; repeated names are joined with ", ". */
export function metadataOf(headers: Readonly<Record<string, unknown>>): Metadata {
  const entries = Object.entries(headers).filter(([name]) => !name.startsWith(":"));
  return Object.fromEntries(
    entries.map(([name, value]) => [name, Array.isArray(value) ? value.join(", ") : String(value)]),
  );
}
