import { parseArgs } from "node:util";
import { SignJWT } from "jose";
import { SCOPES } from "../resolvers/principal.ts";

const HELP = `Prints a token for development, signed with AUTH_JWT_SECRET.
  --tenant NAME      tenant of the settings file (required)
  --scope SCOPES     ${SCOPES.join(", ")}; several are separated by spaces (default: read)
  --subject NAME     name of the caller, in the log and in decisions (default: the user's name)
  --expires TIME     time until it expires: 30m, 8h, 7d (default: 8h)
Without an AUTH setting the service needs no token; with AUTH_JWKS_URL the issuer makes them.
`;

const { env } = process;

/** Reads the arguments, and signs the token. @throws Error with what is wrong */
async function createToken(): Promise<string> {
  const { values } = parseArgs({
    options: {
      tenant: { type: "string" },
      scope: { type: "string", multiple: true, default: ["read"] },
      subject: { type: "string", default: env["USER"] ?? "developer" },
      expires: { type: "string", default: "8h" },
    },
  });
  const { AUTH_JWT_SECRET: secret = "", AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = env;
  const [alg = "HS256"] = (env["AUTH_ALGORITHMS"] ?? "HS256").split(",").map((name) => name.trim());
  if (secret.length < 32) throw new Error("AUTH_JWT_SECRET must be set to the secret of the service, as it has it");
  const { tenant, subject, expires } = values;
  if (tenant === undefined) throw new Error("--tenant is required");
  if (!/^[1-9]\d{0,5}[smhd]$/.test(expires)) throw new Error(`--expires must be a time like 8h, got ${expires}`);
  const scopes = values.scope.flatMap((text) => text.split(/[ ,]+/));
  const unknown = scopes.find((scope) => !SCOPES.some((known) => known === scope));
  if (unknown !== undefined) throw new Error(`--scope must be of ${SCOPES.join(", ")}, got ${unknown}`);
  const token = new SignJWT({ tenant, scope: scopes.join(" ") })
    .setProtectedHeader({ alg })
    .setSubject(subject)
    .setIssuedAt()
    .setExpirationTime(expires);
  if (issuer !== undefined) token.setIssuer(issuer);
  if (audience !== undefined) token.setAudience(audience);
  return await token.sign(new TextEncoder().encode(secret));
}

if (process.argv.includes("--help")) process.stdout.write(HELP);
else {
  try {
    process.stdout.write(`${await createToken()}\n`);
  } catch (reason) {
    process.stderr.write(`${reason instanceof Error ? reason.message : String(reason)}\n${HELP}`);
    process.exitCode = 1;
  }
}
