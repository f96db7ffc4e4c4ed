import { randomBytes } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError, type ConfigIssue, parseKey } from "../config.ts";
import type { Part } from "../runtime/parts.ts";
import { readKeyUses } from "../sources/connected/rewrap-keys.ts";
import { createKeyring, type Keyring } from "../sources/secrets/keyring.ts";
import type { Database } from "../store/database.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly db: Pick<Database, "query">;
}

/** The keys that encrypt the secrets of connected sources and alert endpoints. */
export const part: Part<Needs, { readonly keyring: Keyring }> = {
  name: "keys",
  async start({ config, db }) {
    const { current, old } = config.secrets;
    if (!config.demo || current !== undefined) {
      const keyring = createKeyring(current, old);
      await requireAllKeys(db, keyring, "SECRETS_KEY");
      return { keyring };
    }
    const existing = await readDemoKey(config.dataDir);
    const keyring = createKeyring(existing, old);
    // Before a key is created: it could not decrypt what a lost one has encrypted.
    await requireAllKeys(db, keyring, demoKeyPath(config.dataDir));
    return { keyring: existing === undefined ? createKeyring(await createDemoKey(config.dataDir), old) : keyring };
  },
};

/** @throws ConfigError naming a key that is needed and not set */
async function requireAllKeys(db: Pick<Database, "query">, keyring: Keyring, path: string): Promise<void> {
  const missing = (await readKeyUses(db)).find(({ keyId }) => keyring.find(keyId) === undefined);
  if (missing === undefined) return;
  const { keyId, records } = missing;
  const secrets =
    records === 1n ? "1 connected source or alert endpoint" : `${records} connected sources and alert endpoints`;
  throw new ConfigError([
    {
      path,
      expected: `must be the key ${keyId}, or SECRETS_OLD_KEYS must contain it: the secrets of ${secrets} are encrypted with it`,
    },
  ]);
}

/** The demo needs no settings, so it keeps its key with its data. */
function demoKeyPath(dataDir: string): string {
  return join(dataDir, "secrets.key");
}

/** @throws ConfigError if the file is not a key */
async function readDemoKey(dataDir: string): Promise<Uint8Array | undefined> {
  const path = demoKeyPath(dataDir);
  const text = await readFile(path, "utf8").catch((reason: unknown) => {
    if (reason instanceof Error && "code" in reason && reason.code === "ENOENT") return undefined;
    throw reason;
  });
  const issues: ConfigIssue[] = [];
  const key = text === undefined ? undefined : parseKey(text.trim(), path, issues);
  if (issues.length > 0) throw new ConfigError(issues);
  return key;
}

/** The file appears with its content or not at all. One process at a time has the demo's folder. */
async function createDemoKey(dataDir: string): Promise<Uint8Array> {
  await mkdir(dataDir, { recursive: true });
  const key = randomBytes(32);
  const path = demoKeyPath(dataDir);
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, `${key.toString("base64")}\n`, { mode: 0o600 });
  await rename(unfinished, path);
  return key;
}
