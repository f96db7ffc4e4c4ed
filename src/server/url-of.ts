import type { FastifyInstance } from "fastify";
import type { AddressInfo } from "node:net";

/** Returns the URL of a server that listens at this host: `http://127.0.0.1:4000`. */
export function urlOf(host: string, app: FastifyInstance): string {
  const { port } = app.server.address() as AddressInfo; // it listens on a port, not on a pipe
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
