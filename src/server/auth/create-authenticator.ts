import type { IncomingHttpHeaders } from "node:http";
import { type Principal, SCOPES } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";
import { principalOfClaims } from "./principal-of-claims.ts";
import type { AuthSettings } from "./settings.ts";
import { createTokenVerifier } from "./verify-token.ts";

/** What a request or a connection brought, to tell who it is. */
export interface Credentials {
  /** As an `Authorization` header has it; undefined when there is none. */
  readonly authorization: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/** Tells who calls. @throws ServiceError UNAUTHENTICATED | FORBIDDEN | UPSTREAM_UNAVAILABLE */
export type Authenticate = (credentials: Credentials) => Promise<Principal>;

export interface AuthenticatorOptions {
  readonly settings: AuthSettings;
  /** The configured ones, at least one. */
  readonly tenants: readonly string[];
}

/** Header that chooses the development principal's tenant; without it the first one. */
const TENANT_HEADER = "x-sluice-tenant";

/** Makes the check for the settings. */
export function createAuthenticator({ settings, tenants }: AuthenticatorOptions): Authenticate {
  if (settings.kind === "development") return ({ headers }) => Promise.resolve(developmentPrincipal(headers, tenants));
  const verify = createTokenVerifier(settings);
  const served = new Set(tenants);
  return async ({ authorization }) => {
    const token = /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
    if (token === undefined) {
      throw new ServiceError("UNAUTHENTICATED", "a token is needed: Authorization: Bearer <token>");
    }
    return principalOfClaims(await verify(token), served);
  };
}

function developmentPrincipal(headers: IncomingHttpHeaders, tenants: readonly string[]): Principal {
  const wanted = headers[TENANT_HEADER];
  const tenantId = wanted === undefined ? tenants[0] : tenants.find((tenant) => tenant === wanted);
  if (tenantId === undefined) {
    throw new ServiceError("FORBIDDEN", `${TENANT_HEADER} must be one of ${tenants.join(", ")}`);
  }
  return { tenantId, subject: "development", scopes: new Set(SCOPES), expiresAtMs: undefined };
}
