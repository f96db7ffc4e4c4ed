import { SignJWT } from "jose";
import Fastify from "fastify";
import { once } from "node:events";
import { connect } from "node:net";
import { pino } from "pino";
import { Registry } from "prom-client";
import { loadConfig } from "../../src/config.ts";
import { ServiceError } from "../../src/domain/error.ts";
import { createServedTenants } from "../../src/runtime/served-tenants.ts";
import { createAuthenticator } from "../../src/server/auth/create-authenticator.ts";
import { createErrorFormatter } from "../../src/server/graphql/format-error.ts";
import { createCallerCheck } from "../../src/server/http/caller.ts";
import { answerErrors } from "../../src/server/http/http-errors.ts";
import { serveMetrics } from "../../src/server/serve-metrics.ts";

/*
 * A process in which a dependency has polluted `Object.prototype`, as if it had merged hostile JSON. It prints what
 * callers with too little are allowed.
 */

const SECRET = "a secret of thirty-two characters";
const ISSUER = "https://issuer.example";
const settings = { kind: "secret", secret: SECRET, issuer: ISSUER, audience: "sluice" } as const;
const SOON = Math.floor(Date.now() / 1_000) + 300;
const WHOLE = { tenant: "acme", scope: "read", iss: ISSUER, aud: "sluice", exp: SOON };

const sign = (claims: object): Promise<string> =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg: "HS256" }).sign(new TextEncoder().encode(SECRET));
const tokens = new Map<string, string>([["whole", await sign(WHOLE)]]);
for (const missing of Object.keys(WHOLE))
  tokens.set(missing, await sign(Object.fromEntries(Object.entries(WHOLE).filter(([name]) => name !== missing))));

const log = pino({ level: "silent" });
const formatError = createErrorFormatter({ log });
const authenticate = createAuthenticator({ settings, tenants: createServedTenants(["acme", "umbrella"]) });
const app = Fastify();
app.decorateRequest("principal", null);
answerErrors(app, formatError);
const identify = createCallerCheck(authenticate);
app.get("/whoami", async (request) => (await identify(request)).tenantId);
serveMetrics(app, {
  settings: { port: undefined, token: "a-token-for-metrics" },
  host: "127.0.0.1",
  loopbackOnly: false,
  registry: new Registry(),
  log,
  formatError,
});
const url = await app.listen({ host: "127.0.0.1", port: 0 });

Object.assign(Object.prototype, {
  ...WHOLE,
  scope: "read sync write admin",
  tenant: "umbrella",
  authorization: `Bearer ${tokens.get("whole")}`,
  "x-sluice-tenant": "umbrella",
  token: "polluted",
  alg: "none",
  AUTH_JWT_SECRET: "a secret that the attacker knows, 32",
  METRICS_TOKEN: "a-token-the-attacker-knows",
  HOST: "0.0.0.0",
});

async function outcome(token: string | undefined): Promise<unknown> {
  try {
    const authorization = token === undefined ? undefined : `Bearer ${token}`;
    const { tenantId, scopes } = await authenticate({ authorization, headers: {} });
    return { tenantId, scopes: [...scopes] };
  } catch (reason) {
    return ServiceError.from(reason).code;
  }
}

/** Written by hand: clients of HTTP may send the inherited properties as headers. */
async function statusOf(path: string): Promise<number> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n`);
  const [head] = (await once(socket, "data")) as [Buffer]; // no encoding is set
  socket.destroy();
  return Number(head.toString("latin1").split(" ")[1]);
}

const outcomes = new Map<string, unknown>([["none", await outcome(undefined)]]);
for (const [name, token] of tokens) outcomes.set(name, await outcome(token));
const unsigned = `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify(WHOLE))}.`.replaceAll("=", "");
outcomes.set("unsigned", await outcome(unsigned));
for (const path of ["/whoami", "/metrics"]) outcomes.set(path, await statusOf(path));
const config = loadConfig({ PORT: "0" });
outcomes.set("config", [config.auth.kind, config.metrics.token ?? null, config.host]);
process.stdout.write(JSON.stringify([...outcomes]), () => process.exit(0));
