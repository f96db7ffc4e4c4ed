import type { IncomingHttpHeaders } from "node:http";
import { ownHeader, ROUTER_SECRET_HEADER } from "../auth/create-authenticator.ts";

/** What a connection is equivalent to, as headers of a request. */
export interface SocketCredentials {
  /** Such as `Bearer eyJ…`; undefined if there is none. */
  readonly authorization: string | undefined;
  readonly routerSecret: string | undefined;
}

/**
 * Returns the credentials of a connection. The payload of `connection_init` takes precedence over the upgrade request.
 * The URL is never read, because URLs are logged.
 */
export function extractAuth(initPayload: unknown, headers: IncomingHttpHeaders): SocketCredentials {
  const layers = layersOf(initPayload);
  return {
    authorization: authorizationIn(layers) ?? ownHeader(headers, "authorization"),
    routerSecret:
      layers.map((layer) => layer.get(ROUTER_SECRET_HEADER)).find((one) => one !== undefined) ??
      ownHeader(headers, ROUTER_SECRET_HEADER),
  };
}

/** Texts by name, in lower case: names of headers have no case. */
type Layer = ReadonlyMap<string, string>;

/**
 * All places where a client or router may put its token, in their order. Flat: graphql-ws, Hive and Cosmo; nested below
 * `connectionParams`: Apollo Router; `headers`: convention of Apollo and urql clients.
 */
function layersOf(payload: unknown): readonly Layer[] {
  const params = memberOf(payload, "connectionParams");
  return [payload, params, memberOf(payload, "headers"), memberOf(params, "headers")].map(textsOf);
}

function authorizationIn(layers: readonly Layer[]): string | undefined {
  for (const layer of layers) {
    const found = layer.get("authorization") ?? layer.get("token");
    if (found !== undefined) return /^[a-z]+ /i.test(found) ? found : `Bearer ${found}`;
  }
  return undefined;
}

function memberOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** Texts that are not empty. */
function textsOf(value: unknown): Layer {
  if (!isRecord(value)) return new Map();
  const entries = Object.entries(value).flatMap(([name, text]): [string, string][] =>
    typeof text === "string" && text !== "" ? [[name.toLowerCase(), text]] : [],
  );
  return new Map(entries);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
