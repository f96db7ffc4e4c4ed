import type { FastifyInstance } from "fastify";
import { ServiceError } from "../../domain/error.ts";
import { pagePolicy } from "../http/page-policy.ts";
import { FOREVER, sendStatic } from "../http/static-content.ts";
import { ASSETS_PATH, type Bundle, builtAt, loadBundle } from "./load-bundle.ts";

/** Answer of `/` without a bundle: after an install with `--ignore-scripts`, or without development dependencies. */
const NOT_BUILT =
  "The dashboard is not built: run `npm install && npm run build:dashboard` in the folder of Sluice, then reload this page.\n";
/** Every text of an upstream is inserted as text: with trusted types the browser refuses anything else. */
const POLICY = { "style-src": "'self'", "img-src": "'self'", "require-trusted-types-for": "'script'" };

/**
 * Registers `/` with the dashboard, and its files. Public: the page holds no data, and sends the token that its user
 * enters to the graph.
 * @param folder folder of the bundle, which is read at the first visit
 */
export function registerDashboard(app: FastifyInstance, folder: string): void {
  let loaded: (Bundle & { readonly at: number }) | undefined;
  /** Reads the bundle again when it was built again. */
  function bundle(): Bundle | undefined {
    const at = builtAt(folder);
    if (at !== undefined && at !== loaded?.at) loaded = { at, ...loadBundle(folder) };
    return loaded;
  }
  app.get("/", (request, reply) => {
    const page = bundle()?.page;
    void reply.header("cache-control", "no-cache"); // kept, and asked for again: an upgrade shows at the next visit
    if (page === undefined) return reply.code(503).type("text/plain; charset=utf-8").send(NOT_BUILT);
    return sendStatic(
      page,
      request,
      reply
        .header("content-security-policy", pagePolicy(request.host, POLICY))
        .header("referrer-policy", "no-referrer")
        .header("cross-origin-opener-policy", "same-origin"),
    );
  });
  app.get<{ Params: { name: string } }>(`${ASSETS_PATH}/:name`, (request, reply) => {
    const content = (loaded ?? bundle())?.assets.get(`${ASSETS_PATH}/${request.params.name}`);
    if (content === undefined) throw new ServiceError("NOT_FOUND", "there is nothing at this path");
    return sendStatic(content, request, reply.header("cache-control", FOREVER));
  });
}
