import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConfigError, loadConfig } from "../config.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "sluice-keys-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

function issuesOf(environment: Record<string, string>): readonly string[] {
  try {
    loadConfig(environment);
    return [];
  } catch (reason) {
    if (reason instanceof ConfigError) return reason.issues.map(({ path, expected }) => `${path}: ${expected}`);
    throw reason;
  }
}

function fileOf(content: string): string {
  const path = join(folder, randomBytes(4).toString("hex"));
  writeFileSync(path, content);
  return path;
}

const [KEY, OTHER, OLDEST] = [randomBytes(32), randomBytes(32), randomBytes(32)];
const text = (key: Buffer): string => key.toString("base64");

describe("keys of connected sources", () => {
  test("are read from the environment, in either form of base64", () => {
    const { secrets } = loadConfig({
      SECRETS_KEY: text(KEY),
      SECRETS_OLD_KEYS: `${text(OTHER)}, ${OLDEST.toString("base64url")}`,
    });
    expect(secrets).toEqual({ current: KEY, old: [OTHER, OLDEST] });
  });

  test("are read from files", () => {
    const environment = {
      SECRETS_KEY_FILE: fileOf(`${text(KEY)}\n`),
      SECRETS_OLD_KEYS_FILE: fileOf(`${text(OTHER)}\n${text(OLDEST)}\n`),
    };
    expect(loadConfig(environment).secrets).toEqual({ current: KEY, old: [OTHER, OLDEST] });
  });

  test("may be absent", () => {
    expect(loadConfig({}).secrets).toEqual({ current: undefined, old: [] });
  });

  test.each([
    ["too short", { SECRETS_KEY: text(KEY.subarray(1)) }, /^SECRETS_KEY: must be 32 bytes in base64.*, got 31$/],
    ["no base64", { SECRETS_KEY: "passwörd" }, /^SECRETS_KEY: must be 32 bytes in base64[^:]*$/],
    ["hexadecimal", { SECRETS_KEY: KEY.toString("hex") }, /^SECRETS_KEY: must be 32 bytes in base64.*, got 48$/],
    [
      "of an old one",
      { SECRETS_KEY: text(KEY), SECRETS_OLD_KEYS: `${text(OTHER)},x` },
      /^SECRETS_OLD_KEYS: must be 32/,
    ],
    ["the same twice", { SECRETS_KEY: text(KEY), SECRETS_OLD_KEYS: text(KEY) }, /^SECRETS_OLD_KEYS: must not contain/],
    ["a missing file", { SECRETS_KEY_FILE: "/nowhere/key" }, /^SECRETS_KEY_FILE: must name a readable file: ENOENT$/],
    ["given twice", { SECRETS_KEY: text(KEY), SECRETS_KEY_FILE: "/nowhere/key" }, /^SECRETS_KEY_FILE: must /],
  ])("that are wrong are reported with the setting and without the key: %s", (_name, environment, expected) => {
    const issues = issuesOf(environment);
    expect(issues).toEqual([expect.stringMatching(expected)]);
    for (const value of Object.values(environment)) expect(issues.join()).not.toContain(value);
  });
});
