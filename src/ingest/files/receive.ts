import { FileRefused } from "../../connector-api/files.ts";
import type { Database } from "../../store/database.ts";
import type { Source } from "../../sources/source.ts";
import { type Accepted, accept } from "./accept.ts";
import { disposeAll, type ArchiveMember, unpack } from "./archive.ts";
import type { FileOrigin } from "./file.ts";
import { MAX_NAME_CHARACTERS, storableName } from "./file-name.ts";
import { looksLikeZip } from "./media-type.ts";
import type { Semaphore } from "../../runtime/semaphore.ts";
import type { Spooled, SpoolFolder } from "./spool.ts";
import { formatOf, refusalOf, type ValidationResult } from "./validate.ts";

export interface ReceiveInput {
  readonly db: Database;
  readonly source: Source;
  readonly spools: SpoolFolder;
  /** Limit of files that are parsed at the same time. */
  readonly reading: Semaphore;
  readonly name: string;
  readonly origin: FileOrigin;
  readonly bytes: AsyncIterable<Uint8Array>;
  /** Called with each accepted file, as soon as it is accepted. */
  readonly onAccepted: () => void;
  readonly signal: AbortSignal;
}

export interface Received {
  readonly isArchive: boolean;
  readonly files: readonly Accepted[];
}

/**
 * Receives a stream of bytes: writes it to disk, unpacks it if it is an archive, parses it once, and stores it. When it
 * resolves, each of its files is accepted, refused, or known. Nothing remains on disk in any case.
 * @throws ServiceError NOT_FOUND | PAYLOAD_TOO_LARGE | CANCELED | STORE_UNAVAILABLE; errors of the stream
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

async function acceptOne(
  input: ReceiveInput,
  name: string,
  spooled: Spooled,
  validation?: ValidationResult,
): Promise<Accepted> {
  const { db, source, origin, signal } = input;
  const accepted = await input.reading.run(
    () => accept({ db, source, name, origin, spooled, validation, signal }),
    signal,
  );
  if (accepted.state.status === "ACCEPTED") input.onAccepted();
  return accepted;
}

async function tryUnpacking(
  { spools, signal }: ReceiveInput,
  archive: Spooled,
  maxBytes: number,
): Promise<{ readonly members: readonly ArchiveMember[] } | Extract<ValidationResult, { refusal: unknown }>> {
  try {
    return { members: await unpack({ archive, spools, maxBytes, signal }) };
  } catch (reason) {
    if (reason instanceof FileRefused) return { refusal: refusalOf(reason) };
    throw reason;
  }
}
