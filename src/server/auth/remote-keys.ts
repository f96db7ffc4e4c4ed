import { createLocalJWKSet, createRemoteJWKSet, customFetch, errors, type JWTVerifyGetKey } from "jose";
import type { KeySetSettings } from "./settings.ts";

const DEFAULTS = { keysMaxAgeMs: 300_000, keysCooldownMs: 30_000, keysOutageMs: 3_600_000 };
const TIMEOUT_MS = 3_000;
/** Time after a fetch that failed in which no other is begun, whatever the number of requests. */
const PAUSE_MS = 1_000;
/** A key has some 500 bytes; with its certificates some thousands. */
const MAX_BYTES = 512 * 1024;

/**
 * Creates the source of an issuer's public keys. They are fetched when first needed, when they are older than their age,
 * and for a key that is not known, which happens at most once in each cooldown. While they cannot be fetched, the last
 * ones are used for some time, and a token with another key is refused by what prevented the fetch.
 */
export function createRemoteKeys(settings: KeySetSettings): JWTVerifyGetKey {
  const { url, keysMaxAgeMs, keysCooldownMs, keysOutageMs } = { ...DEFAULTS, ...settings };
  let fetchedAtMs = -Infinity;
  let failedAtMs = -Infinity;
  let failure: unknown;
  /** The keys that are used during an outage; undefined until the first one. */
  let last: ReturnType<typeof createLocalJWKSet> | undefined;

  async function fetchKeys(address: string, init: RequestInit): Promise<Response> {
    if (Date.now() < failedAtMs + PAUSE_MS) throw failure;
    try {
      const response = await readKeys(address, init);
      fetchedAtMs = Date.now();
      last = undefined;
      return response;
    } catch (reason) {
      [failure, failedAtMs] = [reason, Date.now()];
      throw reason;
    }
  }

  const keys = createRemoteJWKSet(new URL(url), {
    timeoutDuration: TIMEOUT_MS,
    cooldownDuration: keysCooldownMs,
    cacheMaxAge: keysMaxAgeMs,
    [customFetch]: fetchKeys,
  });
  return async (header, token) => {
    try {
      return await keys(header, token);
    } catch (reason) {
      const fetched = keys.jwks();
      const mayBeUsed = fetched !== undefined && Date.now() < fetchedAtMs + keysMaxAgeMs + keysOutageMs;
      if (isAboutToken(reason) || !mayBeUsed) throw reason;
      last ??= createLocalJWKSet(fetched);
      return await last(header, token).catch(() => Promise.reject(reason));
    }
  };
}

/** Returns true for a mistake of the token, false where the keys are missing. */
export function isAboutToken(reason: unknown): boolean {
  return (
    reason instanceof errors.JOSEError &&
    !(reason instanceof errors.JWKSTimeout) &&
    !(reason instanceof errors.JWKSInvalid) &&
    reason.code !== "ERR_JOSE_GENERIC"
  );
}

/** Redirects are not followed: they could lead to the keys of somebody else. */
async function readKeys(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, { ...init, redirect: "manual" });
  const text = response.status === 200 ? await readText(response) : "";
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new errors.JOSEError(`expected the status 200, got ${response.status}`);
  }
  // Checked here already, so that a wrong answer counts as one that failed.
  if (!isKeySet(parsed(text))) throw new errors.JWKSInvalid("expected an object with keys");
  return new Response(text);
}

/** @throws JOSEError when there are more bytes than keys have */
async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > MAX_BYTES) throw new errors.JOSEError(`expected at most ${MAX_BYTES} bytes`); // which ends the response
  }
  return Buffer.concat(chunks).toString();
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined; // not JSON
  }
}

function isKeySet(value: unknown): boolean {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, "keys")) return false;
  const { keys } = value as { readonly keys: unknown }; // it has this property, of any type
  return Array.isArray(keys) && keys.every((key) => typeof key === "object" && key !== null);
}
