import { FileRefused } from "../connector-api/files.ts";
import type { Database } from "../store/database.ts";
import type { Source } from "../upstream/source.ts";
import { type Accepted, accept } from "./accept.ts";
import { disposeAll, type Member, unpack } from "./archive.ts";
import type { FileWay } from "./file.ts";
import { MAX_NAME_CHARACTERS, storableName } from "./file-name.ts";
import { looksLikeZip } from "./media-type.ts";
import type { Slots } from "./slots.ts";
import type { Spooled, SpoolFolder } from "./spool.ts";
import { formatOf, refusalOf, type Verdict } from "./validate.ts";

export interface ReceiveInput {
  readonly db: Database;
  readonly source: Source;
  readonly spools: SpoolFolder;
  /** Files that are read at a time. */
  readonly reading: Slots;
  readonly name: string;
  readonly way: FileWay;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Called with each file that was accepted, as soon as it is. */
  readonly onAccepted: () => void;
  readonly signal: AbortSignal;
}

export interface Received {
  readonly isArchive: boolean;
  readonly files: readonly Accepted[];
}

/**
 * Takes a stream of bytes in: to disk, unpacked where it is an archive, read once, kept. When it resolves, every file
 * of it is accepted, refused, or known. Nothing is left on disk in any case.
 * @throws ServiceError NOT_FOUND | PAYLOAD_TOO_LARGE | CANCELED | STORE_UNAVAILABLE; what the stream threw
 */
export async function receive(input: ReceiveInput): Promise<Received> {
  const maxBytes = formatOf(input.source).maxBytes(input.source.config);
  const name = storableName(input.name);
  await using spooled = await input.spools.write(input.bytes, maxBytes, input.signal);
  if (!looksLikeZip(spooled.head)) return { isArchive: false, files: [await acceptOne(input, name, spooled)] };
  const unpacked = await tryUnpacking(input, spooled, maxBytes);
  if ("refusal" in unpacked) return { isArchive: false, files: [await acceptOne(input, name, spooled, unpacked)] };
  try {
    const files: Accepted[] = [];
    for (const member of unpacked.members) {
      files.push(
        await acceptOne(input, storableName(`${name}/${member.name}`, 2 * MAX_NAME_CHARACTERS), member.spooled),
      );
    }
    return { isArchive: true, files };
  } finally {
    await disposeAll(unpacked.members);
  }
}

async function acceptOne(input: ReceiveInput, name: string, spooled: Spooled, verdict?: Verdict): Promise<Accepted> {
  const { db, source, way, signal } = input;
  const accepted = await input.reading.run(signal, () => accept({ db, source, name, way, spooled, verdict, signal }));
  if (accepted.state.status === "ACCEPTED") input.onAccepted();
  return accepted;
}

async function tryUnpacking(
  { spools, signal }: ReceiveInput,
  archive: Spooled,
  maxBytes: number,
): Promise<{ readonly members: readonly Member[] } | Extract<Verdict, { refusal: unknown }>> {
  try {
    return { members: await unpack({ archive, spools, maxBytes, signal }) };
  } catch (reason) {
    if (reason instanceof FileRefused) return { refusal: refusalOf(reason) };
    throw reason;
  }
}
