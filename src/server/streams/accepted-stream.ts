import { MULTIPART_FORMAT } from "./multipart-format.ts";
import { SSE_FORMAT } from "./sse-format.ts";
import type { StreamFormat } from "./stream-format.ts";

/** What a client accepts as a stream. */
export interface AcceptedStream {
  readonly format: StreamFormat;
  /**
   * True if it accepts no ordinary response of GraphQL over HTTP: then queries and mutations are streams too. Some
   * clients send one `Accept` header with every operation.
   */
  readonly isOnly: boolean;
}

const ORDINARY = new Set(["application/json", "application/graphql-response+json", "application/*", "*/*"]);

/** Returns the first stream that an `Accept` header names; undefined if it names none. */
export function acceptedStream(accept: string | undefined): AcceptedStream | undefined {
  if (accept === undefined || !/event-stream|subscriptionspec/i.test(accept)) return undefined; // most requests
  const types = mediaTypesOf(accept);
  const format = types.map(formatOf).find((one) => one !== undefined);
  return format && { format, isOnly: !types.some(({ type }) => ORDINARY.has(type)) };
}

interface MediaType {
  /** In lower case, without parameters. */
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

function formatOf({ type, parameters }: MediaType): StreamFormat | undefined {
  if (type === "text/event-stream") return SSE_FORMAT;
  return type === "multipart/mixed" && parameters.get("subscriptionspec") === "1.0" ? MULTIPART_FORMAT : undefined;
}

/** Parses the header; a type with the weight 0 is not accepted. Source: RFC 9110, section 12.5.1 */
function mediaTypesOf(accept: string): readonly MediaType[] {
  // Clients quote parameters that need no quotes; none of the types that matter has a comma or semicolon in one.
  const types = accept.split(",").map((text): MediaType => {
    const [type = "", ...parameters] = text.split(";").map((one) => one.trim().toLowerCase());
    return { type, parameters: new Map(parameters.map(parameterOf)) };
  });
  return types.filter(({ parameters }) => Number(parameters.get("q") ?? 1) !== 0);
}

function parameterOf(text: string): [string, string] {
  const [name = "", ...value] = text.split("=");
  return [
    name.trim(),
    value
      .join("=")
      .trim()
      .replace(/^"(.*)"$/, "$1"),
  ];
}
