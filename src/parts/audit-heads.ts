import { recordConfiguration } from "../audit/record-configuration.ts";
import { signGrownHeads } from "../audit/sign-head.ts";
import { loadSigningKey, type SigningKey } from "../audit/signing-key.ts";
import { createLoop, type Loop } from "../runtime/loop.ts";
import type { Part } from "../runtime/parts.ts";
import type { FileSources } from "../sources/file-sources.ts";
import type { Keyring } from "../sources/secrets/keyring.ts";
import type { DatabaseFor } from "../store/fair-database.ts";
import { type Base, PART_DRAIN_MS } from "./base.ts";

interface Needs extends Base {
  readonly dbFor: DatabaseFor;
  readonly keyring: Keyring;
  readonly fileSources: FileSources;
}

interface AuditHeads {
  readonly signingKey: SigningKey;
  readonly headSigner: Loop;
}

/** A head that was signed and exported shows what happened up to it, even if the database is replaced afterwards. */
const SIGN_EVERY_MS = 600_000;

/** The key that signs the audit trail, its schedule, and what the settings file has changed since the last start. */
export const part: Part<Needs, AuditHeads> = {
  name: "audit heads",
  async start({ dbFor, keyring, fileSources, log }) {
    const db = dbFor("audit heads");
    const signingKey = await loadSigningKey(db, keyring);
    let isRecorded = false;
    const headSigner = createLoop({
      pollMs: SIGN_EVERY_MS,
      random: Math.random,
      onError: (err) => log.warn({ err }, "the audit trail could not be signed, trying again"),
      async round(signal) {
        // Not before the service is ready: a first start with many tenants has a transaction for each of them.
        if (!isRecorded) await recordConfiguration(db, fileSources.configs);
        isRecorded = true;
        await signGrownHeads(db, signingKey, signal);
        return false;
      },
    });
    headSigner.start();
    return { signingKey, headSigner };
  },
  close: ({ headSigner }) => headSigner.close(PART_DRAIN_MS),
};
