import { z } from "zod";
import { type Principal, type Scope, SCOPES } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";

const CLAIMS = z.object({ sub: z.string().default(""), tenant: z.string(), scope: z.string(), exp: z.number() });

/**
 * Who a verified token speaks for. Words in `scope` that are not ours are left out: a token may serve other services.
 * @throws ServiceError UNAUTHENTICATED | FORBIDDEN
 */
export function principalOfClaims(claims: unknown, tenants: ReadonlySet<string>): Principal {
  const parsed = CLAIMS.safeParse(claims);
  if (!parsed.success) {
    const claim = parsed.error.issues[0]?.path.join(".") ?? "";
    throw new ServiceError("UNAUTHENTICATED", `the token's claim "${claim}" is missing or wrong`);
  }
  const { sub, tenant, scope, exp } = parsed.data;
  if (!tenants.has(tenant)) throw new ServiceError("FORBIDDEN", "the token's tenant is not served here");
  const words = new Set(scope.split(" "));
  return {
    tenantId: tenant,
    subject: sub,
    scopes: new Set<Scope>(SCOPES.filter((known) => words.has(known))),
    expiresAtMs: exp * 1_000,
  };
}
