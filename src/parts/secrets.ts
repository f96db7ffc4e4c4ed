import { randomBytes } from "node:crypto";
import { mkdir, open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { ConfigError, type SecretKeys } from "../config.ts";
import type { Part } from "../runtime/parts.ts";
import { readKeyUses } from "../sources/connected/rewrap-keys.ts";
import { createKeyring, type Keyring } from "../sources/secrets/keyring.ts";
import type { Database } from "../store/database.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly db: Database;
}

/** The keys that encrypt the credentials of connected sources. */
export const part: Part<Needs, { readonly keyring: Keyring }> = {
  name: "keys",
  async start({ config, db }) {
    const keys = config.demo ? await withDemoKey(config.secrets, config.dataDir) : config.secrets;
    const keyring = createKeyring(keys.current, keys.old);
    await requireAllKeys(db, keyring);
    return { keyring };
  },
};

/** @throws ConfigError naming a key that is needed and not set */
async function requireAllKeys(db: Database, keyring: Keyring): Promise<void> {
  const missing = (await readKeyUses(db)).find(({ keyId }) => keyring.find(keyId) === undefined);
  if (missing === undefined) return;
  const { keyId, records } = missing;
  const sources = records === 1n ? "1 connected source is" : `${records} connected sources are`;
  throw new ConfigError([
    {
      path: "SECRETS_KEY",
      expected: `must be the key ${keyId}, or SECRETS_OLD_KEYS must contain it: the credentials of ${sources} encrypted with it`,
    },
  ]);
}

/** The demo needs no settings, so it creates a key and keeps it with its data. */
async function withDemoKey(keys: SecretKeys, dataDir: string): Promise<SecretKeys> {
  if (keys.current !== undefined) return keys;
  const path = join(dataDir, "secrets.key");
  await mkdir(dataDir, { recursive: true });
  try {
    const file = await open(path, "wx", 0o600);
    await file.writeFile(`${randomBytes(32).toString("base64")}\n`);
    await file.close();
  } catch (reason) {
    if (!(reason instanceof Error && "code" in reason && reason.code === "EEXIST")) throw reason;
  }
  return { ...keys, current: Buffer.from((await readFile(path, "utf8")).trim(), "base64") };
}
