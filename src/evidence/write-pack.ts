import type { SigningKey } from "../audit/signing-key.ts";
import type { Transaction } from "../store/database.ts";
import type { Member, PackScope, PackSource } from "./contributors/contributor.ts";
import { readChainRange } from "./contributors/audit.ts";
import { CONTRIBUTORS } from "./contributors/index.ts";
import { type WrittenMember, zipStream } from "./zip-stream.ts";

export interface WritePackOptions {
  readonly scope: PackScope;
  /** Reads the state of one moment: see `TransactionOptions.isSnapshot`. */
  readonly tx: Transaction;
  readonly key: SigningKey;
  readonly onWritten: (count: number) => void;
  readonly signal: AbortSignal;
}

/** Rows that are in memory at a time. */
const FETCHED_ROWS = 200;

/**
 * Writes the archive as a stream: the same bytes for the same data, with some hundred rows in memory at a time. The
 * last two members are the manifest, with the hash of every other one, and the signature over the manifest.
 */
export async function* writePack({ scope, tx, key, onWritten, signal }: WritePackOptions) {
  const source: PackSource = { ...scope, tx, onWritten, rows: createRows(tx, signal) };
  const written: WrittenMember[] = [];
  yield* zipStream(membersOf(source, key, written), (member) => written.push(member));
}

async function* membersOf(
  source: PackSource,
  key: SigningKey,
  written: readonly WrittenMember[],
): AsyncGenerator<Member> {
  for (const contributor of CONTRIBUTORS) yield* contributor.members(source);
  const { tenantId, from, to, sourceIds, findingId } = source;
  const manifest = Buffer.from(
    `${JSON.stringify(
      {
        format: "sluice-evidence-v1",
        tenant: tenantId,
        from,
        to,
        sources: sourceIds,
        finding: findingId,
        audit: (await readChainRange(source)) ?? null,
        publicKey: Buffer.from(key.publicKey).toString("hex"),
        members: written.map(({ name, size, sha256 }) => ({ name, size: String(size), sha256 })),
      },
      undefined,
      1,
    )}\n`,
  );
  yield { name: "manifest.json", bytes: [manifest] };
  yield { name: "manifest.sig", bytes: [Buffer.from(`${Buffer.from(key.sign(manifest)).toString("hex")}\n`)] };
}

/** Reads by a cursor of the database, so that a statement is executed once, however many rows it has. */
function createRows(tx: Transaction, signal: AbortSignal): PackSource["rows"] {
  let count = 0;
  return async function* rows<Row extends Record<string, unknown>>(
    text: string,
    values: readonly unknown[] = [],
    atATime = FETCHED_ROWS,
  ) {
    const cursor = `evidence_${(count += 1)}`;
    await tx.query(`declare ${cursor} no scroll cursor for ${text}`, values);
    for (;;) {
      signal.throwIfAborted();
      const fetched = await tx.query<Row>(`fetch ${atATime} from ${cursor}`);
      yield* fetched;
      if (fetched.length < atATime) break;
    }
    await tx.query(`close ${cursor}`);
  };
}
