import { describe, expect, test } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { ServiceError } from "../../domain/error.ts";
import { type Envelope, rewrap, seal, type SecretContext, unseal } from "./envelope.ts";
import { createKeyring, requireCurrentKey } from "./keyring.ts";

const CONTEXT: SecretContext = { tenantId: "acme", sourceId: "stripe-1", purpose: "settings" };
const TEXT = '{"apiKey":"canary-of-a-secret"}';
const [FIRST, SECOND] = [randomBytes(32), randomBytes(32)];
const keyring = createKeyring(FIRST, []);

function codeOf(work: () => unknown): string {
  try {
    return `no error: ${String(work())}`;
  } catch (reason) {
    return reason instanceof ServiceError ? reason.code : String(reason);
  }
}

/** Every envelope that differs from the given one in one bit. */
function* altered(envelope: Envelope): Generator<Envelope> {
  for (const part of ["sealed", "wrappedKey"] as const) {
    for (let bit = 0; bit < envelope[part].length * 8; bit += 1) {
      const bytes = Uint8Array.from(envelope[part]);
      bytes[bit >> 3] = (bytes[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      yield { ...envelope, [part]: bytes };
    }
  }
}

describe("an envelope", () => {
  const envelope = seal(requireCurrentKey(keyring), TEXT, CONTEXT);

  test("contains neither the text nor a key, and returns the text", () => {
    const bytes = Buffer.concat([envelope.sealed, envelope.wrappedKey]);
    expect(bytes.includes("canary")).toBe(false);
    expect(bytes.includes(FIRST)).toBe(false);
    expect(unseal(keyring, envelope, CONTEXT)).toBe(TEXT);
  });

  test("of the same text differs each time", () => {
    const other = seal(requireCurrentKey(keyring), TEXT, CONTEXT);
    expect(Buffer.from(other.sealed).equals(envelope.sealed)).toBe(false);
    expect(Buffer.from(other.wrappedKey).equals(envelope.wrappedKey)).toBe(false);
  });

  test.each([
    { ...CONTEXT, tenantId: "umbrella" },
    { ...CONTEXT, sourceId: "stripe-2" },
    { ...CONTEXT, purpose: "other" },
    { ...CONTEXT, tenantId: "acme-stripe", sourceId: "1" },
  ])("cannot be decrypted for %j", (context) => {
    expect(codeOf(() => unseal(keyring, envelope, context))).toBe("INTERNAL");
  });

  test("of which one bit was changed cannot be decrypted", () => {
    for (const one of altered(envelope)) expect(codeOf(() => unseal(keyring, one, CONTEXT))).toBe("INTERNAL");
  });

  test.each([0, 1, 28, 29])("that was cut to %i bytes cannot be decrypted", (length) => {
    const cut = { ...envelope, sealed: envelope.sealed.subarray(0, length) };
    expect(codeOf(() => unseal(keyring, cut, CONTEXT))).toBe("INTERNAL");
  });
});

describe("a change of the master key", () => {
  const before = seal(requireCurrentKey(keyring), TEXT, CONTEXT);

  test("keeps the record, and decrypts it with the new key alone", () => {
    const rotating = createKeyring(SECOND, [FIRST]);
    const after = rewrap(rotating, requireCurrentKey(rotating), before, CONTEXT);
    expect(after.sealed).toBe(before.sealed);
    expect(after.keyId).not.toBe(before.keyId);
    expect(unseal(createKeyring(SECOND, []), after, CONTEXT)).toBe(TEXT);
    expect(codeOf(() => unseal(keyring, after, CONTEXT))).toBe("SECRETS_KEY_MISSING");
  });

  test("without the old key is an error that names the key and the settings (F108)", () => {
    const lost = createKeyring(SECOND, []);
    expect(() => unseal(lost, before, CONTEXT)).toThrow(new RegExp(`${before.keyId}.*SECRETS_KEY.*SECRETS_OLD_KEYS`));
  });

  test("to none is an error that names the setting", () => {
    expect(() => requireCurrentKey(createKeyring(undefined, [FIRST]))).toThrow("SECRETS_KEY");
  });
});
