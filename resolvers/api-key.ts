import { ServiceError } from "../src/domain/error.ts";
import type { ApiKeyResolvers, MutationResolvers, QueryResolvers } from "./__generated__/types.ts";
import { inputError } from "./input-error.ts";
import { loadOptional } from "./load-optional.ts";
import { type Principal, SCOPES, type Scope } from "./principal.ts";
import { requireFound } from "./require-found.ts";
import { requireText } from "./require-text.ts";
import { rootList } from "./root-list.ts";

const MAX_NAME_CHARACTERS = 100;
const DAY_MS = 86_400_000;
const MAX_DAYS = 731;

/** Names of the scopes in the SDL. */
const SCOPE_NAMES = { read: "READ", sync: "SYNC", write: "WRITE", admin: "ADMIN" } as const satisfies Record<
  Scope,
  string
>;

export const ApiKey: ApiKeyResolvers = {
  scopes: ({ scopes }) => SCOPES.filter((scope) => scopes.includes(scope)).map((scope) => SCOPE_NAMES[scope]),
  status: ({ revokedAt, expiresAt }) => {
    if (revokedAt !== null) return "REVOKED";
    return Date.parse(expiresAt) <= Date.now() ? "EXPIRED" : "ACTIVE";
  },
};

export const apiKeys: NonNullable<QueryResolvers["apiKeys"]> = (_root, args, context) =>
  rootList(context, args, "apiKeys", context.loaders.lists.apiKeys);

export const apiKey: NonNullable<QueryResolvers["apiKey"]> = (_root, { id }, context) =>
  loadOptional(context.loaders.apiKeyById, id);

export const createApiKey: NonNullable<MutationResolvers["createApiKey"]> = async (_root, { input }, context) => {
  const { principal, loaders, useCases } = context;
  // A key that was stolen must not be able to replace itself by others before it is revoked.
  if (principal.apiKeyId !== undefined)
    throw new ServiceError("FORBIDDEN", 'an API key cannot make API keys: a token with the scope "admin" can');
  const { id, text } = await useCases.createApiKey(principal.tenantId, {
    name: requireText("input.name", input.name, MAX_NAME_CHARACTERS),
    scopes: requireOwnScopes(
      principal,
      SCOPES.filter((scope) => input.scopes.includes(SCOPE_NAMES[scope])),
    ),
    expiresAt: requireEnd(input.expiresAt),
    createdBy: principal.subject,
  });
  return { apiKey: requireFound(await loaders.apiKeyById.load(id), "API key"), secret: text };
};

export const revokeApiKey: NonNullable<MutationResolvers["revokeApiKey"]> = async (_root, { id }, context) => {
  const { principal, loaders, useCases } = context;
  requireFound(await loaders.apiKeyById.load(id), "API key");
  await useCases.revokeApiKey(principal.tenantId, id, principal.subject);
  loaders.apiKeyById.clear(id);
  return requireFound(await loaders.apiKeyById.load(id), "API key");
};

/** @throws ServiceError INVALID_INPUT | FORBIDDEN */
function requireOwnScopes({ scopes: own }: Principal, scopes: readonly Scope[]): readonly Scope[] {
  if (scopes.length === 0) throw inputError("input.scopes", "must have at least one scope");
  const foreign = scopes.find((scope) => !own.has(scope));
  if (foreign === undefined) return scopes;
  throw new ServiceError(
    "FORBIDDEN",
    `input.scopes must have only scopes that the caller has, got ${SCOPE_NAMES[foreign]}`,
  );
}

/** @throws ServiceError INVALID_INPUT */
function requireEnd(expiresAt: string): string {
  const lifeMs = Date.parse(expiresAt) - Date.now();
  if (lifeMs > 0 && lifeMs <= MAX_DAYS * DAY_MS) return expiresAt;
  throw inputError("input.expiresAt", `must be in the future and within 2 years, got ${expiresAt}`);
}
