import { hash, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { ownHeader } from "../auth/create-authenticator.ts";

/** Header in which a gateway sends the secret of the setting ROUTER_SECRET. */
const SECRET_HEADER = "x-router-secret";

/** Returns true for a request of a gateway that knows our secret. */
export type IsRouter = (headers: IncomingHttpHeaders) => boolean;

/** @param secret undefined: no request is a gateway's */
export function createRouterCheck(secret: string | undefined): IsRouter {
  if (secret === undefined) return () => false;
  const expected = digestOf(secret);
  return (headers) => timingSafeEqual(digestOf(ownHeader(headers, SECRET_HEADER) ?? ""), expected);
}

/** Digests have one length, so that a comparison says nothing about that of the secret. */
function digestOf(text: string): Buffer {
  return hash("sha256", text, "buffer");
}
