import type { IncomingHttpHeaders } from "node:http";
import { type Principal, SCOPES } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";
import { principalOfClaims } from "./principal-of-claims.ts";
import type { AuthSettings } from "./settings.ts";
import { createTokenVerifier } from "./verify-token.ts";

/** Credentials in a request or a connection. */
export interface Credentials {
  /** Value of the `Authorization` header; undefined if there is none. */
  readonly authorization: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Identifies the caller. @throws ServiceError UNAUTHENTICATED | FORBIDDEN | UPSTREAM_UNAVAILABLE */
export type Authenticate = (credentials: Credentials) => Promise<Principal>;

export interface AuthenticatorOptions {
  readonly settings: AuthSettings;
  /** Configured tenants, at least one. */
  readonly tenants: readonly string[];
}

/** Header that selects the development principal's tenant; without it the first tenant. */
const TENANT_HEADER = "x-sluice-tenant";

/** Creates the authentication function for the settings. */
export function createAuthenticator({ settings, tenants }: AuthenticatorOptions): Authenticate {
  if (settings.kind === "development") return ({ headers }) => Promise.resolve(developmentPrincipal(headers, tenants));
  const verify = createTokenVerifier(settings);
  const served = new Set(tenants);
  return async ({ authorization }) => {
    const token = /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) {
      throw new ServiceError("UNAUTHENTICATED", "a token is required: Authorization: Bearer <token>");
    }
    return principalOfClaims(await verify(token), served);
  };
}

function developmentPrincipal(headers: IncomingHttpHeaders, tenants: readonly string[]): Principal {
  const requested = ownHeader(headers, TENANT_HEADER);
  const tenantId = requested === undefined ? tenants[0] : tenants.find((tenant) => tenant === requested);
  if (tenantId === undefined) {
    throw new ServiceError("FORBIDDEN", `${TENANT_HEADER} must be one of ${tenants.join(", ")}`);
  }
  return { tenantId, subject: "development", scopes: new Set(SCOPES), expiresAtMs: undefined };
}

/** Returns a header that the request itself has: Node's object of headers inherits from `Object.prototype`. */
export function ownHeader(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = Object.hasOwn(headers, name) ? headers[name] : undefined;
  return typeof value === "string" ? value : undefined;
}
