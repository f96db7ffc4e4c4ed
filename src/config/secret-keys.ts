import { readFileSync } from "node:fs";
import type { Environment } from "./environment.ts";
import type { ConfigIssue } from "./issue.ts";

/** Keys that encrypt the credentials of connected sources, 32 bytes each. */
export interface SecretKeys {
  /** Undefined: none is set. */
  readonly current: Uint8Array | undefined;
  /** They only decrypt. */
  readonly old: readonly Uint8Array[];
}

const KEY_BYTES = 32;
const EXPECTED = `must be ${KEY_BYTES} bytes in base64, as \`openssl rand -base64 32\` prints them`;

/** Reads the keys from the environment or from files; mistakes are added to `issues`, without any part of a key. */
export function secretKeysOf(settings: Environment, issues: ConfigIssue[]): SecretKeys {
  const given = textOf(settings, "SECRETS_KEY", issues);
  const earlier = textOf(settings, "SECRETS_OLD_KEYS", issues);
  const current = given && parseKey(given.text.trim(), given.setting, issues);
  const texts = (earlier?.text ?? "").split(/[,\s]+/).filter((text) => text !== "");
  const old = texts.flatMap((text) => parseKey(text, earlier?.setting ?? "", issues) ?? []);
  if (old.some((key) => current !== undefined && Buffer.from(key).equals(current)))
    issues.push({ path: "SECRETS_OLD_KEYS", expected: "must not contain the key that is set as SECRETS_KEY" });
  return { current, old };
}

/** Text of a setting that may be in a file, with the name of the setting that was used. */
function textOf(
  settings: Environment,
  name: "SECRETS_KEY" | "SECRETS_OLD_KEYS",
  issues: ConfigIssue[],
): { readonly text: string; readonly setting: string } | undefined {
  const file = settings[`${name}_FILE`];
  const text = settings[name];
  if (file === undefined) return text === undefined ? undefined : { text, setting: name };
  const setting = `${name}_FILE`;
  if (text !== undefined) issues.push({ path: setting, expected: `must not be set together with ${name}` });
  try {
    return { text: readFileSync(file, "utf8"), setting };
  } catch (reason) {
    const code = typeof reason === "object" && reason !== null && "code" in reason ? String(reason.code) : "unknown";
    issues.push({ path: setting, expected: `must name a readable file: ${code}` });
    return undefined;
  }
}

/** Returns the bytes of a key. Strict: Node would ignore characters that are not base64. */
export function parseKey(text: string, setting: string, issues: ConfigIssue[]): Uint8Array | undefined {
  const bytes = Buffer.from(text, "base64");
  const isBase64 = [bytes.toString("base64"), bytes.toString("base64url")].some(
    (encoded) => encoded.replace(/=+$/, "") === text.replace(/=+$/, ""),
  );
  if (isBase64 && bytes.length === KEY_BYTES) return bytes;
  issues.push({ path: setting, expected: isBase64 ? `${EXPECTED}, got ${bytes.length}` : EXPECTED });
  return undefined;
}
