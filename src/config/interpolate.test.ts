import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { interpolate } from "./interpolate.ts";
import type { ConfigIssue } from "./issue.ts";

const SECRET = "sk_test_canary_of_the_file";

let folder: string;
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), "sluice-references-"))));
afterEach(() => rmSync(folder, { recursive: true }));

function fileOf(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

function replaced(value: unknown): { readonly value: unknown; readonly issues: readonly string[] } {
  const issues: ConfigIssue[] = [];
  const environment = { NAME: "of the environment" };
  const result = interpolate(value, { environment, variables: new Set(), issues });
  return { value: result, issues: issues.map(({ path, expected }) => `${path}: ${expected}`) };
}

describe("a reference to a file in the settings file", () => {
  test.each([
    ["with a newline at its end", `${SECRET}\n`, SECRET],
    ["with a line end of Windows", `${SECRET}\r\n`, SECRET],
    ["without a newline", SECRET, SECRET],
    ["with several lines, of which only the last newline is removed", "-----BEGIN\nkey\n\n", "-----BEGIN\nkey\n"],
    ["whose content looks like a reference, which is not followed", "${NAME}", "${NAME}"],
  ])("is replaced by the content of the file: one %s", (_, content, expected) => {
    const path = fileOf("secret", content);
    const given = { sources: [{ key: `\${file:${path}}`, both: `\${NAME}, \${file:${path}}` }] };
    expect(replaced(given)).toEqual({
      value: { sources: [{ key: expected, both: `of the environment, ${expected}` }] },
      issues: [],
    });
  });

  test("follows the symbolic links by which a mounted secret is replaced", () => {
    mkdirSync(join(folder, "..2026"));
    writeFileSync(join(folder, "..2026", "key"), SECRET);
    symlinkSync("..2026", join(folder, "..data"));
    symlinkSync(join("..data", "key"), join(folder, "key"));
    expect(replaced(`\${file:${join(folder, "key")}}`).value).toBe(SECRET);
  });

  test("is one mistake at the path of the setting if the file cannot be used, without any part of its content", () => {
    const large = fileOf("large", SECRET.repeat(3_000));
    const binary = fileOf("binary", Buffer.from([...Buffer.from(SECRET), 0xff, 0xfe]));
    const missing = join(folder, "missing");
    const { issues } = replaced({
      a: [`\${file:${missing}}`],
      b: `\${file:${large}}`,
      c: `\${file:${binary}}`,
      d: `\${file:${folder}}`,
      e: "${file:secrets/key}",
      f: "${file:}",
    });
    expect(issues).toEqual([
      `a[0]: must refer to a file that can be read: ${missing}: ENOENT`,
      `b: must refer to a file that can be read: ${large} has more than 65536 bytes`,
      `c: must refer to a file that can be read: ${binary}: it is not UTF-8 text`,
      `d: must refer to a file that can be read: ${folder} is not a regular file`,
      'e: must refer to a file that can be read: "secrets/key" is not an absolute path',
      'f: must refer to a file that can be read: "" is not an absolute path',
    ]);
    expect(issues.join("\n")).not.toContain("canary");
  });
});
