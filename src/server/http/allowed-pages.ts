import type { IncomingHttpHeaders } from "node:http";
import cors from "@fastify/cors";
import type { FastifyInstance } from "fastify";
import { ownHeader } from "../auth/create-authenticator.ts";
import { isLoopbackOrigin } from "../auth/loopback.ts";

/** Rules for web pages that use the service from their visitors' browsers. */
export interface AllowedPages {
  /** Returns true if a page of the origin may read answers. A program sends no origin, and may. */
  allowsOrigin(origin: string | undefined): boolean;
  /**
   * Returns true if a page of another site cannot have caused a request that changes nothing without being allowed to:
   * the browser says so, or only a program or a preflighted request looks like this.
   */
  isFromAllowedPage(headers: IncomingHttpHeaders): boolean;
}

export interface AllowedPagesOptions {
  /** Origins of other sites whose pages may use the graph: `https://app.example`. */
  readonly origins: readonly string[];
  /** True without authentication: a page of any site could otherwise act as its visitor. */
  readonly loopbackOnly: boolean;
}

/** Message for a page that may not connect. */
export const OTHER_PAGE = "without authentication only pages of localhost and of CORS_ORIGINS may connect";
/** Paths that frontends use; webhooks, health and metrics are for programs. */
const PATHS = /^\/(?:graphql|files)(?:[/?]|$)/;
/** Time in seconds for which a browser keeps the answer to a preflight request. */
const PREFLIGHT_SECONDS = 600;
/** Headers of answers that a page may read. */
const EXPOSED = ["retry-after", "x-request-id"];
/** Media types of GraphQL over HTTP, which clients of GraphQL ask for and links, images and forms do not. */
const GRAPHQL_ANSWER = /\bapplication\/(?:graphql-response|graphql)\+json\b/;

export function createAllowedPages({ origins, loopbackOnly }: AllowedPagesOptions): AllowedPages {
  const allowed = new Set(origins);

  function allowsOrigin(origin: string | undefined): boolean {
    return !loopbackOnly || isLoopbackOrigin(origin) || (origin !== undefined && allowed.has(origin));
  }

  return {
    allowsOrigin,
    isFromAllowedPage(headers) {
      const [site, origin] = [ownHeader(headers, "sec-fetch-site"), ownHeader(headers, "origin")];
      if (site === "same-origin") return true;
      if (origin !== undefined && allowed.has(origin)) return true;
      if (site !== undefined && site !== "none") return false;
      // no browser of today, which names the site: a program, or an old browser that must not be led here by a page
      if (ownHeader(headers, "authorization") !== undefined) return true;
      return origin === undefined && GRAPHQL_ANSWER.test(ownHeader(headers, "accept") ?? "");
    },
  };
}

/** Lets pages of the origins call the graph and the files; without origins no header of CORS is ever sent. */
export async function answerPreflights(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return;
  const [allowed, refused] = [{ origin: [...origins] }, { origin: false }];
  await app.register(cors, {
    delegator: ({ url }, done) => done(null, { ...(PATHS.test(url) ? allowed : refused), ...RULES }),
  });
}

const RULES = {
  methods: ["GET", "POST", "PUT"],
  maxAge: PREFLIGHT_SECONDS,
  exposedHeaders: EXPOSED,
  // Tokens are in a header of their own: there are no cookies that a page could use.
  credentials: false,
};
