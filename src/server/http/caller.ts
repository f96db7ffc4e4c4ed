import type { FastifyRequest } from "fastify";
import type { Principal } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";
import { type Authenticate, ownHeader, ROUTER_SECRET_HEADER } from "../auth/create-authenticator.ts";

/** Identifies the sender of a request, and records it on the request for the log. @throws as `Authenticate` */
export type IdentifyCaller = (request: FastifyRequest) => Promise<Principal>;

/** Creates the check for every route that is not public. */
export function createCallerCheck(authenticate: Authenticate): IdentifyCaller {
  return async (request) => {
    const { headers } = request;
    const authorization = ownHeader(headers, "authorization");
    const routerSecret = ownHeader(headers, ROUTER_SECRET_HEADER);
    request.principal = await authenticate({ authorization, routerSecret, headers });
    return request.principal;
  };
}

/** Returns the sender that the check has recorded on the request. @throws ServiceError UNAUTHENTICATED */
export function callerOf({ principal }: FastifyRequest): Principal {
  if (principal === null) throw new ServiceError("UNAUTHENTICATED", "a token is required");
  return principal;
}
