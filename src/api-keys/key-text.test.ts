import { expect, test } from "@jest/globals";
import { hash, randomBytes } from "node:crypto";
import { createKey, isMeantAsKey, readKey } from "./key-text.ts";

test("a key has one length and one form whatever its bytes, and only its hash and its beginning are kept", () => {
  for (const bytes of [
    new Uint8Array(32),
    new Uint8Array(32).fill(255),
    ...Array.from({ length: 200 }, () => randomBytes(32)),
  ]) {
    const { text, preview, hash: stored } = createKey(bytes);
    expect(text).toMatch(/^sluice_key_[0-9A-Za-z]{49}$/);
    expect([text.startsWith(preview), preview.length]).toEqual([true, 15]);
    expect(Buffer.from(stored)).toEqual(hash("sha256", text, "buffer"));
    expect(Buffer.from(readKey(text) ?? [])).toEqual(Buffer.from(stored));
  }
});

test("different bytes are different keys", () => {
  const texts = Array.from({ length: 256 }, (_, n) => createKey(new Uint8Array(32).fill(n)).text);
  expect(new Set(texts).size).toBe(256);
});

test("a text with one changed, missing or added character is no key, although it is meant as one", () => {
  const { text } = createKey(randomBytes(32));
  for (let index = "sluice_key_".length; index < text.length; index += 1) {
    const other = text[index] === "a" ? "b" : "a";
    expect(readKey(`${text.slice(0, index)}${other}${text.slice(index + 1)}`)).toBeUndefined();
  }
  for (const wrong of [text.slice(1), text.slice(0, -1), `${text}a`, `${text} `, text.toUpperCase(), "", "sluice_key_"])
    expect(readKey(wrong)).toBeUndefined();
  expect(isMeantAsKey(text.slice(0, -1))).toBe(true);
  expect(isMeantAsKey("eyJhbGciOiJIUzI1NiJ9.e30.x")).toBe(false);
});
