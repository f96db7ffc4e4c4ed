const TEXT = 0x1;
const PING = 0x9;

/** A complete frame of a client, masked with zeros. */
export function maskedFrame(opcode: number, payload: Buffer): Buffer {
  const { length } = payload;
  const head =
    length < 126
      ? Buffer.from([0x80 | opcode, 0x80 | length])
      : Buffer.from([0x80 | opcode, 0x80 | 126, length >> 8, length & 0xff]);
  return Buffer.concat([head, Buffer.alloc(4), payload]);
}

/**
 * Returns a function that takes the bytes of a server in pieces, and returns the number of text messages that began in
 * each. Payloads are skipped, except those of pings, which are shorter than 126 bytes.
 */
export function createFrameCounter({ onPing }: { readonly onPing: (payload: Buffer) => void }) {
  let rest: Buffer = Buffer.alloc(0);
  let skipped = 0;
  return (chunk: Buffer): number => {
    let data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    rest = Buffer.alloc(0);
    let messages = 0;
    for (;;) {
      const skip = Math.min(skipped, data.length);
      data = data.subarray(skip);
      skipped -= skip;
      if (data.length === 0) return messages;
      const head = headOf(data);
      if (head === undefined || (head.opcode === PING && data.length < head.size + head.length)) {
        rest = data;
        return messages;
      }
      if (head.opcode === TEXT) messages += 1;
      if (head.opcode === PING) onPing(Buffer.from(data.subarray(head.size, head.size + head.length)));
      skipped = head.size + head.length;
    }
  };
}

/** Undefined until the head is complete. `size` is that of the head, `length` that of the payload. */
function headOf(data: Buffer): { opcode: number; size: number; length: number } | undefined {
  const [first = 0, length = 0] = data;
  const size = length < 126 ? 2 : length === 126 ? 4 : 10;
  if (data.length < 2 || data.length < size) return undefined;
  const payload = size === 2 ? length : size === 4 ? data.readUInt16BE(2) : Number(data.readBigUInt64BE(2));
  return { opcode: first & 0x0f, size, length: payload };
}
