import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { isLoopbackHost } from "../loopback.ts";

/** Where the protocol is spoken; `/ws` is what Apollo Router takes unless told otherwise. */
export const WEBSOCKET_PATHS: ReadonlySet<string> = new Set(["/graphql/ws", "/ws"]);

/** What an upgrade is refused with; undefined when it is welcome. */
export type Refusal = readonly [status: number, phrase: string];

export interface UpgradeRules {
  /** Without authentication a page of any site could reach us through its visitor's browser. */
  readonly loopbackOnly: boolean;
  readonly maxSockets: number;
}

/** Looks at an upgrade request before anything is answered. */
export function refusalOf(request: IncomingMessage, sockets: number, rules: UpgradeRules): Refusal | undefined {
  const path = (request.url ?? "").split("?", 1)[0] ?? "";
  if (!WEBSOCKET_PATHS.has(path)) return [404, "Not Found"];
  if (rules.loopbackOnly && !(isLoopbackHost(request.headers.host) && isLoopbackOrigin(request.headers.origin))) {
    return [403, "Forbidden"];
  }
  if (sockets >= rules.maxSockets) return [503, "Service Unavailable"];
  return undefined;
}

/** A browser always says where its page came from; a program says nothing. */
function isLoopbackOrigin(origin: string | undefined): boolean {
  if (origin === undefined) return true;
  return URL.canParse(origin) && isLoopbackHost(new URL(origin).host);
}

/** Answers an upgrade with a status and hangs up. */
export function refuse(socket: Duplex, [status, phrase]: Refusal): void {
  socket.on("error", () => undefined); // the peer may be gone already
  socket.end(`HTTP/1.1 ${status} ${phrase}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`, () => socket.destroy());
}
