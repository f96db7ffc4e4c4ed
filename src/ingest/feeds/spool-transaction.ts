import { deserialize, serialize } from "node:v8";
import type { SpoolFolder } from "../files/spool.ts";
import type { FeedChange, FeedUnit } from "./feed-unit.ts";
import type { FeedPart, FeedReader } from "./read-feed.ts";

const LENGTH_BYTES = 4;

/*
 * A transaction of any size is applied in one transaction of ours, or readers would see half of it. Its changes are first
 * written to a file, and applied once its checkpoint has arrived. The other way, to apply them as they arrive in a
 * transaction that stays open, would lock rows and occupy a connection for as long as the upstream takes to send them,
 * would end after a pause of `idle_in_transaction_session_timeout`, and could not be repeated after a deadlock with a
 * poll of the same rows, because the messages are gone. The file needs disk for one transaction; memory has one part.
 */

/**
 * Writes a transaction to disk until its checkpoint.
 * @param first its beginning
 * @throws ServiceError OVERLOADED (disk full) | CANCELED; errors of the feed
 */
export async function spoolTransaction(
  first: FeedPart,
  reader: FeedReader,
  { folder, signal }: { readonly folder: SpoolFolder; readonly signal: AbortSignal },
): Promise<FeedUnit> {
  let position: unknown;
  let count = 0;
  async function* frames(): AsyncGenerator<Uint8Array, void> {
    for (let part = first; ; part = await reader.next()) {
      count += part.changes.length;
      yield frameOf(part.changes);
      position = part.checkpoint?.cursor;
      if (part.checkpoint !== undefined) return;
    }
  }
  const file = await folder.write(frames(), Number.MAX_SAFE_INTEGER, signal);
  return {
    position,
    count,
    parts: () => changesIn(file.bytes()),
    isLarge: true,
    dispose: async () => file[Symbol.asyncDispose](),
  };
}

/** Messages with their types: integers beyond 2^53, bytes, and payloads that several records share. */
function frameOf(changes: readonly FeedChange[]): Uint8Array {
  const content = serialize(changes);
  const length = Buffer.alloc(LENGTH_BYTES);
  length.writeUInt32BE(content.byteLength);
  return Buffer.concat([length, content]);
}

async function* changesIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly FeedChange[], void> {
  let pieces: Uint8Array[] = [];
  let size = 0;
  let needed = LENGTH_BYTES;
  for await (const piece of bytes) {
    pieces.push(piece);
    size += piece.byteLength;
    while (size >= needed) {
      const all = Buffer.concat(pieces);
      const end = LENGTH_BYTES + all.readUInt32BE(0);
      needed = end;
      pieces = [all];
      if (size < end) break;
      yield deserialize(all.subarray(LENGTH_BYTES, end)) as FeedChange[]; // written by `frameOf`
      pieces = [all.subarray(end)];
      size -= end;
      needed = LENGTH_BYTES;
    }
  }
}
