import type { IncomingHttpHeaders } from "node:http";
import { type Principal, SCOPES } from "../../../resolvers/principal.ts";
import type { ApiKeys } from "../../api-keys/api-keys.ts";
import { isMeantAsKey } from "../../api-keys/key-text.ts";
import { ServiceError } from "../../domain/error.ts";
import type { ServedTenants } from "../../runtime/served-tenants.ts";
import { createKeyCheck } from "./principal-of-key.ts";
import { principalOfClaims } from "./principal-of-claims.ts";
import type { AuthSettings } from "./settings.ts";
import { CLOCK_TOLERANCE_SECONDS, createTokenVerifier } from "./verify-token.ts";

/** Credentials in a request or a connection. */
export interface Credentials {
  /** Value of the `Authorization` header; undefined if there is none. */
  readonly authorization: string | undefined;
  /** Value of the header `x-router-secret`; undefined if there is none. */
  readonly routerSecret?: string | undefined;
  readonly headers: IncomingHttpHeaders;
}

/**
 * Identifies the caller. @throws ServiceError UNAUTHENTICATED | FORBIDDEN | UPSTREAM_UNAVAILABLE | STORE_UNAVAILABLE |
 * OVERLOADED
 */
export type Authenticate = (credentials: Credentials) => Promise<Principal>;

export interface AuthenticatorOptions {
  readonly settings: AuthSettings;
  readonly tenants: Pick<ServedTenants, "ids" | "has">;
  /** Default: no API key is accepted. */
  readonly apiKeys?: Pick<ApiKeys, "find"> | undefined;
}

/** Header in which a gateway sends the secret of the setting ROUTER_SECRET. */
export const ROUTER_SECRET_HEADER = "x-router-secret";
/** Header that selects the development principal's tenant; without it the first tenant. */
const TENANT_HEADER = "x-sluice-tenant";

/** Creates the authentication function for the settings. API keys are accepted beside every kind of token. */
export function createAuthenticator({ settings, tenants, apiKeys }: AuthenticatorOptions): Authenticate {
  const ofKey = createKeyCheck(apiKeys, tenants);
  const { clockToleranceSeconds = CLOCK_TOLERANCE_SECONDS } = settings.kind === "development" ? {} : settings;
  const ofToken = settings.kind === "development" ? undefined : createTokenVerifier(settings);
  return async ({ authorization, headers }) => {
    const credential = /^bearer +(\S+)$/i.exec(authorization ?? "")?.[1];
    if (credential !== undefined && isMeantAsKey(credential)) return await ofKey(credential);
    if (ofToken === undefined) return developmentPrincipal(headers, tenants.ids);
    if (credential === undefined) {
      throw new ServiceError("UNAUTHENTICATED", "a token is required: Authorization: Bearer <token>");
    }
    return principalOfClaims(await ofToken(credential), tenants, clockToleranceSeconds * 1_000);
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
