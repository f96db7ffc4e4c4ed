/** The same entry as GraphiQL's: a token is entered once for both. It ends with the tab. */
const TOKEN_KEY = "sluice.token";

export const readToken = (): string | undefined => sessionStorage.getItem(TOKEN_KEY) || undefined;

export function keepToken(token: string): void {
  sessionStorage.setItem(TOKEN_KEY, token);
}

export function forgetToken(): void {
  sessionStorage.removeItem(TOKEN_KEY);
}

/** What a token states about its caller. The server alone decides; the page only offers what can succeed. */
export interface Caller {
  readonly tenant: string | undefined;
  readonly scopes: ReadonlySet<string>;
}

/** Without authentication the service gives every caller all scopes. */
const DEVELOPMENT: Caller = { tenant: undefined, scopes: new Set(["read", "sync", "write", "admin"]) };

/** @param token undefined without authentication. The scopes of an API key are not in it: everything is offered then. */
export function callerOf(token: string | undefined): Caller {
  if (token === undefined || !token.includes(".")) return DEVELOPMENT;
  const { tenant, scope } = claimsOf(token);
  return {
    tenant: typeof tenant === "string" ? tenant : undefined,
    scopes: new Set(typeof scope === "string" ? scope.split(" ") : []),
  };
}

function claimsOf(token: string): Readonly<Record<string, unknown>> {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const bytes = Uint8Array.from(atob(payload), (letter) => letter.charCodeAt(0));
    const claims: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return typeof claims === "object" && claims !== null ? (claims as Record<string, unknown>) : {};
  } catch {
    return {}; // the server says what is wrong with it
  }
}
