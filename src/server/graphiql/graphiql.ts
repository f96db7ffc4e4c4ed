import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { ServiceError } from "../../domain/error.ts";
import { type Asset, ASSETS_PATH, loadAssets } from "./assets.ts";
import { pagePolicy } from "../http/page-policy.ts";
import { FOREVER, sendStatic, staticContent } from "../http/static-content.ts";

export interface GraphiqlOptions {
  /** Query with which a new tab opens; undefined: GraphiQL's own help text. */
  readonly firstQuery: string | undefined;
  /** False: the page does not ask for the schema. */
  readonly introspection: boolean;
}

/** GraphiQL, served from this process. Public: the page holds no data, and sends the token that its user enters. */
export interface Graphiql {
  /** Sends the page. @throws ServiceError INVALID_INPUT for an invalid Host header */
  sendPage(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply>;
}

/** Registers the files of the page. Nothing is compressed before a browser asks for it, and then once. */
export function registerGraphiql(app: FastifyInstance, { firstQuery, introspection }: GraphiqlOptions): Graphiql {
  const { scripts, styles } = loadAssets();
  const assets = new Map([...scripts, ...styles].map(({ path, content }) => [path, content]));
  const html = pageOf(scripts, styles, attributesOf(firstQuery ?? "", introspection));
  const page = staticContent("text/html; charset=utf-8", Buffer.from(html));
  app.get<{ Params: { name: string } }>(`${ASSETS_PATH}/:name`, (request, reply) => {
    const content = assets.get(`${ASSETS_PATH}/${request.params.name}`);
    if (content === undefined) throw new ServiceError("NOT_FOUND", "there is nothing at this path");
    return sendStatic(content, request, reply.header("cache-control", FOREVER));
  });
  return {
    sendPage: (request, reply) =>
      sendStatic(
        page,
        request,
        reply
          .header("cache-control", "no-cache") // kept, and asked for again: an upgrade shows at the next visit
          .header("content-security-policy", pagePolicy(request.host, POLICY))
          .header("referrer-policy", "no-referrer"),
      ),
  };
}

function attributesOf(firstQuery: string, introspection: boolean): string {
  return `data-query="${escapeHtml(firstQuery)}" data-introspection="${introspection ? "on" : "off"}"`;
}

function pageOf(scripts: readonly Asset[], styles: readonly Asset[], attributes: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sluice</title>
<link rel="icon" href="data:,">
${styles.map(({ path }) => `<link rel="stylesheet" href="${path}">`).join("\n")}
${scripts.map(({ path }) => `<script defer src="${path}"></script>`).join("\n")}
</head>
<body>
<div id="bar"><b>Sluice</b><label for="token">Token</label><input id="token" type="password" autocomplete="off" placeholder="not needed without authentication"></div>
<div id="graphiql" ${attributes}></div>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

/** GraphiQL's dialogs and editors insert style elements, and its icons and fonts are in its style sheet. */
const POLICY = { "style-src": "'self' 'unsafe-inline'", "img-src": "'self' data:", "font-src": "'self' data:" };
