import type { IncomingMessage } from "node:http";
import { ServiceError } from "../../domain/error.ts";
import { isLoopbackHost } from "../auth/loopback.ts";
import { type AllowedPages, OTHER_PAGE } from "../http/allowed-pages.ts";

/** Paths of the protocol; `/ws` is the default of Apollo Router, and Cosmo and Hive use the URL of the queries. */
export const WEBSOCKET_PATHS: ReadonlySet<string> = new Set(["/graphql", "/graphql/ws", "/ws"]);

export interface UpgradeRules {
  /** True without authentication: a page of any site could otherwise connect through its visitor's browser. */
  readonly loopbackOnly: boolean;
  readonly pages: Pick<AllowedPages, "allowsOrigin">;
  readonly maxSockets: number;
}

/** Checks an upgrade request before any response is sent: returns why it is rejected, undefined if it is accepted. */
export function refusalOf(request: IncomingMessage, sockets: number, rules: UpgradeRules): ServiceError | undefined {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  if (!WEBSOCKET_PATHS.has(path)) return new ServiceError("NOT_FOUND", "there is no WebSocket at this path");
  const isOwnHost = !rules.loopbackOnly || isLoopbackHost(request.headers.host);
  if (!isOwnHost || !rules.pages.allowsOrigin(request.headers.origin)) {
    return new ServiceError("FORBIDDEN", OTHER_PAGE);
  }
  if (sockets >= rules.maxSockets) return new ServiceError("OVERLOADED", "there are too many WebSockets");
  return undefined;
}
