/** FIN, and the opcode of a text. Source: RFC 6455, section 5.2. */
const WHOLE_TEXT = 0x81;
/** Values of the first byte of the length that announce a length of two and of eight bytes. */
const TWO_BYTES = 126;
const EIGHT_BYTES = 127;

/**
 * Returns the frames of text messages of a server, one after the other in one buffer. Messages that are written
 * together cost one write to the connection.
 * @param messages UTF-8 text of each message, in parts
 */
export function textFrames(messages: readonly (readonly Buffer[])[]): Buffer {
  const lengths = messages.map((parts) => parts.reduce((sum, part) => sum + part.length, 0));
  const frames = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + headBytes(length) + length, 0));
  let offset = 0;
  for (const [index, parts] of messages.entries()) {
    offset = writeHead(frames, offset, lengths[index] ?? 0);
    for (const part of parts) offset += part.copy(frames, offset);
  }
  return frames;
}

function headBytes(length: number): number {
  if (length < TWO_BYTES) return 2;
  return length <= 0xffff ? 4 : 10;
}

/** Returns the offset after the head. */
function writeHead(frames: Buffer, offset: number, length: number): number {
  frames[offset] = WHOLE_TEXT;
  if (length < TWO_BYTES) return frames.writeUInt8(length, offset + 1);
  if (length <= 0xffff) {
    frames[offset + 1] = TWO_BYTES;
    return frames.writeUInt16BE(length, offset + 2);
  }
  frames[offset + 1] = EIGHT_BYTES;
  return frames.writeBigUInt64BE(BigInt(length), offset + 2);
}
