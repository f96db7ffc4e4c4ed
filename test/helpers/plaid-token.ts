import { generateKeyPairSync, hash, type KeyObject, sign } from "node:crypto";

/** A key pair like Plaid's. */
export interface PlaidKey {
  /** Public key in the format of Plaid's endpoint. */
  readonly jwk: Readonly<Record<string, unknown>>;
  /** The header of a call with this body. @param nowS Unix seconds */
  token(body: string, nowS: number): string;
}

export function createPlaidKey(kid: string): PlaidKey {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x, y } = publicKey.export({ format: "jwk" });
  const jwk = { kid, kty: "EC", crv: "P-256", alg: "ES256", use: "sig", x, y, expired_at: null };
  return { jwk, token: (body, nowS) => tokenOf(privateKey, kid, body, nowS) };
}

function tokenOf(key: KeyObject, kid: string, body: string, nowS: number): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const claims = { iat: nowS, request_body_sha256: hash("sha256", body, "hex") };
  const signed = `${part({ alg: "ES256", kid, typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${sign("sha256", Buffer.from(signed), { key, dsaEncoding: "ieee-p1363" }).toString("base64url")}`;
}
