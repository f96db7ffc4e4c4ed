import { afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { type CryptoKey, exportJWK, exportSPKI, generateKeyPair, type JWK, SignJWT } from "jose";
import { createHmac, hash } from "node:crypto";
import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { ServiceError } from "../../domain/error.ts";
import { principalOfClaims } from "./principal-of-claims.ts";
import type { AuthSettings } from "./settings.ts";
import { createTokenVerifier, type VerifyToken } from "./verify-token.ts";

interface IssuerKey {
  readonly jwk: JWK;
  readonly publicKey: CryptoKey;
  readonly privateKey: CryptoKey;
}

const ALG = "ES256";
let keys: readonly IssuerKey[];
let rsa: IssuerKey;
/** Keys that the issuer publishes. */
let published: readonly JWK[];
let fetches: number;
let answer: RequestListener;
let server: Server;
let url: string;

async function makeKey(alg: string, kid: string): Promise<IssuerKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  return { jwk: { ...(await exportJWK(publicKey)), kid, alg, use: "sig" }, publicKey, privateKey };
}

beforeAll(async () => {
  keys = [await makeKey(ALG, "one"), await makeKey(ALG, "two")];
  rsa = await makeKey("RS256", "rsa");
});
beforeEach(async () => {
  published = [keys[0]!.jwk];
  fetches = 0;
  answer = (_request, response) => response.end(JSON.stringify({ keys: published }));
  server = createServer((request, response) => {
    fetches += 1;
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`; // it listens on TCP
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

type JwksSettings = Extract<AuthSettings, { kind: "jwks" }>;
const verifierWith = (more: Partial<JwksSettings> = {}): VerifyToken =>
  createTokenVerifier({ kind: "jwks", url, issuer: "https://issuer.example", audience: "sluice", ...more });

const CLAIMS = { tenant: "acme", scope: "read", iss: "https://issuer.example", aud: "sluice" };
const inSeconds = (seconds: number): number => Math.floor(Date.now() / 1_000) + seconds;

/** Claims of a token; undefined removes one. */
type Claims = Readonly<Record<string, unknown>>;

interface SignOptions {
  readonly by?: IssuerKey;
  readonly header?: Readonly<Record<string, unknown>>;
  readonly claims?: Claims;
}

function sign({ by = keys[0]!, header = {}, claims = {} }: SignOptions = {}): Promise<string> {
  return new SignJWT({ ...CLAIMS, exp: inSeconds(300), ...claims })
    .setProtectedHeader({ alg: by.jwk.alg ?? ALG, kid: by.jwk.kid ?? "", ...header })
    .sign(by.privateKey);
}

/** A token with any header, and a signature that is computed from the part that is signed. */
function forge(header: object, signature: (signed: string) => string = () => "", claims: object = {}): string {
  const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part(header)}.${part({ ...CLAIMS, exp: inSeconds(300), ...claims })}`;
  return `${signed}.${signature(signed)}`;
}

/** `ok`, or the code and message of the refusal. */
async function outcome(verify: VerifyToken, token: string | Promise<string>): Promise<string> {
  try {
    principalOfClaims(await verify(await token), new Set(["acme"]), 5_000);
    return "ok";
  } catch (reason) {
    const { code, publicMessage } = ServiceError.from(reason);
    return `${code}: ${publicMessage}`;
  }
}

const INVALID = "UNAUTHENTICATED: the token is not valid";
const UNAVAILABLE = "UPSTREAM_UNAVAILABLE: the token issuer's keys can't be fetched";
const claimIs = (name: string): string => `UNAUTHENTICATED: the token's claim "${name}" is missing or not valid`;

describe("a token of an issuer with keys", () => {
  test("is accepted with the issuer, the audience and the times that it must have", async () => {
    expect(await outcome(verifierWith(), sign())).toBe("ok");
    expect(await outcome(verifierWith(), sign({ claims: { aud: ["other", "sluice"] } }))).toBe("ok");
  });

  test.each<[string, Claims, string]>([
    ["expired", { exp: inSeconds(-60) }, "UNAUTHENTICATED: the token has expired"],
    ["not yet valid", { nbf: inSeconds(60) }, claimIs("nbf")],
    ["without an end", { exp: undefined }, claimIs("exp")],
    ["with an end that is a text", { exp: "never" }, claimIs("exp")],
    ["for another audience", { aud: "other" }, claimIs("aud")],
    ["for no audience", { aud: undefined }, claimIs("aud")],
    ["of another issuer", { iss: "https://issuer.example.evil" }, claimIs("iss")],
    ["of no issuer", { iss: undefined }, claimIs("iss")],
    ["without a tenant", { tenant: undefined }, claimIs("tenant")],
    ["with tenants in a list", { tenant: ["acme"] }, claimIs("tenant")],
    ["without scopes", { scope: undefined }, claimIs("scope")],
    ["of another tenant", { tenant: "nobody" }, "FORBIDDEN: the token's tenant is not configured here"],
  ])("is refused when it is %s", async (_name, claims, expected) => {
    expect(await outcome(verifierWith(), sign({ claims }))).toBe(expected);
  });

  test("is accepted within the difference of clocks that the setting allows, and its connections last as long", async () => {
    const exp = inSeconds(-4);
    const late = await sign({ claims: { exp } });
    const early = await sign({ claims: { nbf: inSeconds(100) } });
    expect(await outcome(verifierWith({ clockToleranceSeconds: 60 }), late)).toBe("ok");
    expect(await outcome(verifierWith({ clockToleranceSeconds: 200 }), early)).toBe("ok");
    expect(await outcome(verifierWith({ clockToleranceSeconds: 0 }), late)).toContain("expired");
    expect(await outcome(verifierWith({ clockToleranceSeconds: 60 }), early)).toBe(claimIs("nbf"));
    const claims = await verifierWith({ clockToleranceSeconds: 60 })(late);
    expect(principalOfClaims(claims, new Set(["acme"]), 60_000).expiresAtMs).toBe((exp + 60) * 1_000);
  });

  test("is refused with alg none, whatever its spelling and signature", async () => {
    for (const alg of ["none", "None", "NONE", ""])
      for (const signature of ["", "AAAA"])
        expect(
          await outcome(
            verifierWith(),
            forge({ alg, kid: "one" }, () => signature),
          ),
        ).toBe(INVALID);
  });

  test("is refused with HS256 and the public key as the secret (F53)", async () => {
    published = [rsa.jwk, keys[0]!.jwk];
    const secrets = [await exportSPKI(rsa.publicKey), JSON.stringify(rsa.jwk), rsa.jwk.n ?? "", ""];
    for (const secret of secrets)
      for (const kid of ["rsa", undefined]) {
        const hmac = (signed: string) => createHmac("sha256", secret).update(signed).digest("base64url");
        expect(await outcome(verifierWith(), forge({ alg: "HS256", kid }, hmac))).toBe(INVALID);
      }
  });

  test("is refused with HS256 even if the issuer publishes a symmetric key", async () => {
    const secret = "a secret of thirty-two characters";
    published = [{ kty: "oct", k: Buffer.from(secret).toString("base64url"), kid: "oct", alg: "HS256" }];
    const hmac = (signed: string) => createHmac("sha256", secret).update(signed).digest("base64url");
    expect(await outcome(verifierWith(), forge({ alg: "HS256", kid: "oct" }, hmac))).toBe(INVALID);
  });

  test("is refused with keys of its own: in jwk, at jku or x5u, or under a kid that is a path, an address or SQL", async () => {
    const own = await makeKey(ALG, "own");
    for (const header of [
      { jwk: own.jwk },
      { jku: `${url}?own` },
      { x5u: `${url}?own` },
      { kid: "../../../../dev/null" },
      { kid: "http://169.254.169.254/" },
      { kid: "one' union select 'x" },
      { kid: "__proto__" },
      { kid: ["one"] },
      { kid: { toString: "one" } },
    ])
      expect(await outcome(verifierWith(), sign({ by: own, header: { kid: "own", ...header } }))).toBe(INVALID);
  });

  test("is refused with critical headers that are not understood, and when the signature is another key's", async () => {
    expect(await outcome(verifierWith(), forge({ alg: ALG, kid: "one", crit: ["exp"], exp: 1 }))).toBe(INVALID);
    expect(await outcome(verifierWith(), forge({ alg: ALG, kid: "one", crit: [] }))).toBe(INVALID);
    expect(await outcome(verifierWith(), sign({ by: keys[1]!, header: { kid: "one" } }))).toBe(INVALID);
    const [header, payload] = (await sign()).split(".");
    expect(await outcome(verifierWith(), `${header}.${payload}.`)).toBe(INVALID);
  });

  test("is refused when it is no token, or longer than any", async () => {
    for (const text of ["", "a", "a.b.c", "....", forge({ alg: ALG }).replace(".", "")])
      expect(await outcome(verifierWith(), text)).toBe(INVALID);
    const long = sign({ claims: { sub: "x".repeat(20_000) } });
    expect(await outcome(verifierWith(), long)).toBe("UNAUTHENTICATED: the token is too long");
  });

  test("is refused with an algorithm that the setting does not name, and no setting allows an HMAC here", async () => {
    published = [rsa.jwk, keys[0]!.jwk];
    const verify = verifierWith({ algorithms: ["RS256", "HS256"] });
    expect(await outcome(verify, sign({ by: rsa }))).toBe("ok");
    expect(await outcome(verify, sign())).toBe(INVALID);
    expect(
      await outcome(
        verify,
        forge({ alg: "HS256", kid: "rsa" }, (signed) => hash("sha256", signed)),
      ),
    ).toBe(INVALID);
  });
});

describe("the issuer's keys", () => {
  test("are fetched once for many tokens, and again for a new key, which is accepted at once", async () => {
    const verify = verifierWith({ keysCooldownMs: 0 });
    await Promise.all(Array.from({ length: 50 }, async () => outcome(verify, sign())));
    expect(fetches).toBe(1);
    published = [keys[0]!.jwk, keys[1]!.jwk];
    expect(await outcome(verify, sign({ by: keys[1]! }))).toBe("ok");
    expect(await outcome(verify, sign())).toBe("ok");
    expect(fetches).toBe(2);
  });

  test("are not fetched again for unknown keys within the cooldown, however many tokens name one", async () => {
    const verify = verifierWith();
    expect(await outcome(verify, sign())).toBe("ok");
    const unknown = Array.from({ length: 200 }, (_, n) => sign({ header: { kid: `unknown-${n}` } }));
    const outcomes = await Promise.all(unknown.map((token) => outcome(verify, token)));
    expect(new Set(outcomes)).toEqual(new Set([INVALID]));
    expect(fetches).toBe(1);
  });

  test("are fetched again when they are older than their age: one that was removed is refused from then on", async () => {
    const verify = verifierWith({ keysMaxAgeMs: 0 });
    expect(await outcome(verify, sign())).toBe("ok");
    published = [keys[1]!.jwk];
    expect(await outcome(verify, sign())).toBe(INVALID);
    expect(await outcome(verify, sign({ by: keys[1]! }))).toBe("ok");
  });

  test.each<[string, RequestListener]>([
    ["answers 500", (_request, response) => void response.writeHead(500).end("down")],
    ["answers with a page", (_request, response) => void response.end("<html>hello</html>")],
    ["answers with no keys", (_request, response) => void response.end("{}")],
    ["answers with something else as keys", (_request, response) => void response.end('{"keys":[1]}')],
    ["closes the connection", (request) => void request.socket.destroy()],
    [
      "answers with far more than keys",
      (_request, response) => void response.end(JSON.stringify({ keys: published, more: "x".repeat(600 * 1024) })),
    ],
    [
      "redirects, even to itself",
      (_request, response) => void response.writeHead(302, { location: `${url}?again` }).end(),
    ],
    [
      "ends in the middle",
      (_request, response) => void response.writeHead(200, { "content-length": 1_000 }).end('{"keys":['),
    ],
  ])("that cannot be had, because the issuer %s, cause a refusal that may be retried", async (_name, wrong) => {
    answer = wrong;
    expect(await outcome(verifierWith(), sign())).toBe(UNAVAILABLE);
    expect(fetches).toBe(1);
  });

  test("of an issuer that sends without an end are given up, and its connection is closed", async () => {
    const closed = Promise.withResolvers<void>();
    answer = (request, response) => {
      request.socket.once("close", () => closed.resolve());
      const block = `{"keys":[],"padding":"${"x".repeat(64 * 1024)}`;
      const send = (): void => {
        while (!response.destroyed && response.write(block));
        response.once("drain", send);
      };
      send();
    };
    expect(await outcome(verifierWith(), sign())).toBe(UNAVAILABLE);
    await closed.promise;
  });

  test("of an issuer that does not answer are given up after some seconds, once for all tokens that wait", async () => {
    answer = () => undefined;
    const verify = verifierWith();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => outcome(verify, sign())));
    expect(new Set(outcomes)).toEqual(new Set([UNAVAILABLE]));
    expect(fetches).toBe(1);
  });

  test("that could not be fetched are not fetched again at once, however many tokens come", async () => {
    answer = (request) => void request.socket.destroy();
    const verify = verifierWith();
    const token = await sign();
    for (let n = 0; n < 50; n += 1) expect(await outcome(verify, token)).toBe(UNAVAILABLE);
    expect(fetches).toBeLessThan(50); // one for each pause of a second
  });

  test("that were fetched before are used while the issuer is down, except for tokens with another key", async () => {
    const verify = verifierWith({ keysMaxAgeMs: 0, keysCooldownMs: 0 });
    expect(await outcome(verify, sign())).toBe("ok");
    answer = (_request, response) => void response.writeHead(503).end();
    expect(await outcome(verify, sign())).toBe("ok");
    expect(await outcome(verify, sign({ claims: { aud: "other" } }))).toBe(claimIs("aud"));
    expect(await outcome(verify, sign({ by: keys[1]! }))).toBe(UNAVAILABLE);
    const strict = verifierWith({ keysMaxAgeMs: 0, keysCooldownMs: 0, keysOutageMs: -1 });
    answer = (_request, response) => void response.end(JSON.stringify({ keys: published }));
    expect(await outcome(strict, sign())).toBe("ok");
    answer = (_request, response) => void response.writeHead(503).end();
    expect(await outcome(strict, sign())).toBe(UNAVAILABLE);
  });
});
