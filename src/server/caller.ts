import type { FastifyRequest } from "fastify";
import type { Principal } from "../../resolvers/principal.ts";
import { ServiceError } from "../domain/error.ts";
import type { Authenticate } from "./auth/create-authenticator.ts";
import { isLoopbackHost } from "./loopback.ts";

/** Tells who sent a request, and notes it there for the log. @throws ServiceError UNAUTHENTICATED | FORBIDDEN | UPSTREAM_UNAVAILABLE */
export type IdentifyCaller = (request: FastifyRequest) => Promise<Principal>;

export interface CallerOptions {
  readonly authenticate: Authenticate;
  /** True without authentication. */
  readonly loopbackOnly: boolean;
}

/** Makes the check that every route passes that is not open to all. */
export function createCallerCheck({ authenticate, loopbackOnly }: CallerOptions): IdentifyCaller {
  return async (request) => {
    requireOwnHost(request, loopbackOnly);
    const { authorization } = request.headers;
    request.principal = await authenticate({ authorization, headers: request.headers });
    return request.principal;
  };
}

/** @throws ServiceError FORBIDDEN */
export function requireOwnHost(request: FastifyRequest, loopbackOnly: boolean): void {
  if (loopbackOnly && !isLoopbackHost(request.headers.host)) {
    throw new ServiceError("FORBIDDEN", "without authentication only requests to localhost are answered");
  }
}
