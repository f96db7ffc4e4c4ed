import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { loadSigningKey } from "../../src/audit/signing-key.ts";
import { createEvidencePacks } from "../../src/evidence/evidence-packs.ts";
import { createKeyring } from "../../src/sources/secrets/keyring.ts";
import { verifyEvidence } from "../../tools/verify-evidence.ts";
import { eventually, WAIT_LIMIT_MS } from "./eventually.ts";
import type { FeedWorld } from "./feed-world.ts";
import { readPack } from "./forged-pack.ts";

/** What a pack about a finding has. */
export interface FindingPack {
  /** What the verifier objects to. */
  readonly problems: readonly unknown[];
  /** Ids of its objects, sorted. */
  readonly objectIds: readonly string[];
  /** Lines of its findings. */
  readonly findings: readonly Readonly<Record<string, unknown>>[];
}

/** Writes a pack about a closed finding, of the millisecond in which it was closed: no object belongs to that by its time. */
export async function packOfFinding(
  { store, folder, query }: FeedWorld,
  finding: { readonly id: string; readonly closedAt: string },
): Promise<FindingPack> {
  const problems: unknown[] = [];
  const packs = createEvidencePacks({
    db: store.db,
    key: await loadSigningKey(store.db, createKeyring(undefined, [])),
    days: 1,
    random: Math.random,
    onProblem: (reason) => problems.push(reason),
  });
  packs.start();
  const path = join(folder, "finding.zip");
  try {
    const fromMs = Date.parse(finding.closedAt);
    const id = await packs.create("acme", {
      from: new Date(fromMs).toISOString(),
      to: new Date(fromMs + 1).toISOString(),
      sourceIds: null,
      findingId: finding.id,
      idempotencyKey: null,
      createdBy: "kim",
    });
    await eventually("the pack", async () => {
      const ready = await query("select from evidence_packs where id = $1 and status = 'READY'", [id]);
      return ready.length > 0;
    });
    await writeFile(path, Buffer.concat(await Array.fromAsync((await packs.open("acme", id)).bytes)));
  } finally {
    await packs.close(WAIT_LIMIT_MS);
  }
  const { members } = readPack(path);
  // Each line is JSON of the pack.
  const linesOf = (name: string) =>
    (members.get(name) ?? "")
      .toString()
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const objects = [...members.keys()].filter((name) => /^objects\/.*\.jsonl$/.test(name)).flatMap(linesOf);
  return {
    problems: [...problems, ...verifyEvidence(path).problems],
    objectIds: objects.map(({ id }) => String(id)).toSorted(),
    findings: linesOf("findings.jsonl"),
  };
}
