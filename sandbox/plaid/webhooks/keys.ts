import { createECDH, hash } from "node:crypto";
import { importJWK, SignJWT } from "jose";

/** Stored part of a key: everything else follows from the seed and its index. */
export interface KeptKey {
  readonly createdAtS: number;
  readonly expiredAtS: number | null;
}

/** Keys that sign webhooks and that Plaid returns by their ids. */
export interface Keys {
  /** Response of `/webhook_verification_key/get` for a key; undefined for an id that never existed. */
  publicKey(kid: string): Readonly<Record<string, unknown>> | undefined;
  /** The `Plaid-Verification` header for a body. */
  sign(body: string, by: { readonly iat: number; readonly forged: boolean }): Promise<string>;
  /** Replaces the signing key; the old one remains valid for this many seconds. */
  rotate(overlapS: number): void;
  list(): readonly KeptKey[];
}

const HEADER = { alg: "ES256", typ: "JWT" } as const;

/** @param kept keys of an earlier run; empty: the first key is created now */
export function createKeys(seed: number, nowMs: () => number, kept: readonly KeptKey[]): Keys {
  const nowS = (): number => Math.floor(nowMs() / 1000);
  let keys: readonly KeptKey[] = kept.length > 0 ? kept : [{ createdAtS: nowS(), expiredAtS: null }];
  return {
    publicKey(kid) {
      const index = keys.findIndex((_key, at) => kidOf(seed, at) === kid);
      const key = keys[index];
      if (key === undefined) return undefined;
      const { d: _private, ...jwk } = jwkOf(seed, index);
      return { ...jwk, kid, alg: "ES256", use: "sig", created_at: key.createdAtS, expired_at: key.expiredAtS };
    },
    async sign(body, { iat, forged }) {
      const current = keys.length - 1;
      // A forged signature looks correct in everything except its key.
      const key = await importJWK(jwkOf(forged ? seed + 1 : seed, current), "ES256");
      const claims = { request_body_sha256: hash("sha256", body, "hex") };
      const header = { ...HEADER, kid: kidOf(seed, current) };
      return await new SignJWT(claims).setProtectedHeader(header).setIssuedAt(iat).sign(key);
    },
    rotate(overlapS) {
      const old = keys.map((key) => ({ ...key, expiredAtS: key.expiredAtS ?? nowS() + overlapS }));
      keys = [...old, { createdAtS: nowS(), expiredAtS: null }];
    },
    list: () => keys,
  };
}

/** Key id: a UUID except for its version digits. */
function kidOf(seed: number, index: number): string {
  const digits = hash("sha256", `kid ${seed} ${index}`, "hex");
  return [8, 4, 4, 4, 12].map((length, at) => digits.slice(at * 12, at * 12 + length)).join("-");
}

/** The private key derived from the seed: the same one after a restart. */
function jwkOf(seed: number, index: number) {
  const curve = createECDH("prime256v1");
  curve.setPrivateKey(hash("sha256", `key ${seed} ${index}`, "buffer"));
  const point = curve.getPublicKey(); // 0x04, x, y
  const text = (bytes: Buffer): string => bytes.toString("base64url");
  return {
    kty: "EC",
    crv: "P-256",
    x: text(point.subarray(1, 33)),
    y: text(point.subarray(33)),
    // Leading zeros, which the curve removes, must be restored, or it would be too short for a JWK.
    d: text(Buffer.concat([Buffer.alloc(32), curve.getPrivateKey()]).subarray(-32)),
  };
}
