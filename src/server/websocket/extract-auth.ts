import type { IncomingHttpHeaders } from "node:http";
import { z } from "zod";

/**
 * Every place where a client or router may put its token. Flat: graphql-ws, Hive and Cosmo; nested below
 * `connectionParams`: Apollo Router; `headers`: Apollo's and urql's habit; else the header of the upgrade request.
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
 * The `Authorization` header that a connection amounts to, such as `Bearer eyJ…`; undefined when it brought none. The
 * payload of `connection_init` goes before the upgrade request, the URL is never looked at: it ends up in logs.
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
