import { hash, timingSafeEqual } from "node:crypto";
import { ServiceError } from "../../domain/error.ts";
import type { Authenticate } from "../auth/create-authenticator.ts";

/** Returns true for what a gateway sends that knows our secret, or the earlier one. */
export type IsRouter = (given: string | undefined) => boolean;

/** @param secrets the secret and earlier ones; without any, no request is a gateway's */
export function createRouterCheck(secrets: readonly string[]): IsRouter {
  const expected = secrets.map(digestOf);
  return (given = "") => {
    const digest = digestOf(given);
    return expected.some((one) => timingSafeEqual(digest, one));
  };
}

/**
 * Refuses everybody but gateways, before the token is looked at.
 * @returns a function that throws ServiceError ROUTER_SECRET_REQUIRED, and as `authenticate`
 */
export function forRoutersOnly(authenticate: Authenticate, isRouter: IsRouter): Authenticate {
  return async (credentials) => {
    if (isRouter(credentials.routerSecret)) return await authenticate(credentials);
    throw new ServiceError("ROUTER_SECRET_REQUIRED", "this graph answers its gateway alone: call the gateway");
  };
}

/** Digests have one length, so that a comparison says nothing about that of the secret. */
function digestOf(text: string): Buffer {
  return hash("sha256", text, "buffer");
}
