import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";

/**
 * All places where a client or router may send its token. Flat: graphql-ws, Hive and Cosmo; nested below
 * `connectionParams`: Apollo Router; `headers`: convention of Apollo and urql clients; else the header of the upgrade
 * request.
 */
const PARAMS = z.object({
  token: z.string().optional().catch(undefined),
  authorization: z.string().optional().catch(undefined),
  Authorization: z.string().optional().catch(undefined),
});
const LAYERS = z.object({
  connectionParams: PARAMS.optional().catch(undefined),
  headers: PARAMS.optional().catch(undefined),
});

/**
 * Returns the `Authorization` header that a connection is equivalent to, such as `Bearer eyJ…`; undefined if it has
 * none. The payload of `connection_init` takes precedence over the upgrade request. The URL is never read, because URLs
 * are logged.
 */
export function extractAuth(initPayload: unknown, headers: IncomingHttpHeaders): string | undefined {
  const flat = PARAMS.safeParse(initPayload).data;
  const layers = LAYERS.safeParse(initPayload).data;
  for (const params of [flat, layers?.connectionParams, layers?.headers]) {
    const found = params?.authorization ?? params?.Authorization ?? params?.token;
    if (found !== undefined && found !== "") return /^[a-z]+ /i.test(found) ? found : `Bearer ${found}`;
  }
  return headers.authorization;
}
