import { afterAll, afterEach, describe, expect, test } from "@jest/globals";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import fc from "fast-check";
import { type CamtEvent, type CamtReader, CamtRefused, type ReadCamtOptions } from "../camt.ts";
import { createCamtReader } from "./create-camt-reader.ts";
import { document, entry, entryWith, fileOf, statement } from "../fixtures/camt-xml.ts";
import { gather, parse, type ParsedFile } from "../fixtures/read.ts";
import { createWorkerPool } from "./worker-pool.ts";

const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()));
});

function useReader(workers?: number): CamtReader {
  const reader = createCamtReader(workers === undefined ? {} : { workers });
  open.push(reader);
  return reader;
}

async function* chunks(file: string | Uint8Array, size = 50_000): AsyncGenerator<Uint8Array> {
  const bytes = typeof file === "string" ? Buffer.from(file) : file;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const never = new AbortController().signal;

async function read(
  reader: CamtReader,
  bytes: AsyncIterable<Uint8Array>,
  options: Partial<ReadCamtOptions> = {},
): Promise<ParsedFile> {
  const events: CamtEvent[] = [];
  for await (const event of reader.read({ bytes, signal: never, ...options })) events.push(event);
  return gather(events);
}

/** An endless file that counts the bytes that were read and records whether it was released. */
function endless() {
  const state = { bytes: 0, isLetGo: false };
  async function* source(): AsyncGenerator<Uint8Array> {
    try {
      yield Buffer.from(fileOf().slice(0, -"</Stmt></BkToCstmrStmt></Document>".length));
      const piece = Buffer.from(entry({ status: "BOOK" }).repeat(500));
      for (; ; state.bytes += piece.length) yield piece;
    } finally {
      state.isLetGo = true;
    }
  }
  return { state, bytes: source() };
}

/** A file that sends no more bytes. */
async function* stuck(): AsyncGenerator<Uint8Array> {
  yield Buffer.alloc(200_000, " ");
  await new Promise(() => undefined);
}

describe("reading a camt file", () => {
  const shared = createCamtReader();
  afterAll(() => shared.close());
  const many = document({
    body:
      statement(Array.from({ length: 3_000 }, (_, n) => entry({ amount: `${n}.50` })).join("")) + statement(entry()),
  });

  test("returns the events of the parser, for any chunks of bytes", async () => {
    const whole = parse(many);
    for (const size of [999, 65_536, 10_000_000]) expect(await read(shared, chunks(many, size))).toEqual(whole);
    const small = fileOf(
      entry({ amount: "x" }),
      entry({ status: "__proto__" }),
      entryWith(["<Refs><TxId>ü</TxId></Refs>"]),
    );
    for (const size of [1, 2]) expect(await read(shared, chunks(small, size))).toEqual(parse(small));
  });

  test("returns entries in small batches", async () => {
    const sizes: number[] = [];
    for await (const event of shared.read({ bytes: chunks(fileOf("<Ntry/>".repeat(5_000))), signal: never })) {
      sizes.push(event.type === "entries" ? event.items.length : 0);
    }
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(5_000);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(200);
  });

  test("computes the same totals when entries are not requested", async () => {
    const parsed = await read(shared, chunks(many), { entries: false });
    expect(parsed.items.flat()).toEqual([]);
    expect(parsed.statements).toEqual(parse(many).statements);
  });

  test("reads two files at once, and a third one after them", async () => {
    const reader = useReader(2);
    const [first, second] = [endless(), endless()];
    const reads = [first, second].map(({ bytes }) => reader.read({ bytes, signal: never })[Symbol.asyncIterator]());
    for (const events of reads) expect((await events.next()).value).toMatchObject({ type: "header" });
    const third = read(reader, chunks(many));
    expect(await Promise.race([third, pause(100, "waits")])).toBe("waits");
    for (const events of reads) await events.return?.();
    expect(await third).toEqual(parse(many));
  });

  test("combines an entry that has more details than fit in a worker message (F86)", async () => {
    const details = Array.from({ length: 5_000 }, (_, n) => `<Amt Ccy="EUR">1</Amt><Refs><TxId>${n}</TxId></Refs>`);
    const late = `<Ntry><NtryDtls>${details.map((detail) => `<TxDtls>${detail}</TxDtls>`).join("")}</NtryDtls><Amt Ccy="EUR">5000</Amt><CdtDbtInd>DBIT</CdtDbtInd></Ntry>`;
    const faulty = entryWith([...details, '<Amt Ccy="EUR">x</Amt>']);
    const file = fileOf(entry(), entryWith(details, { amount: "4999" }), faulty, late, entryWith(["<Refs/>"]));
    const parsed = await read(shared, chunks(file));
    expect(parsed).toEqual(parse(file));
    expect(parsed.items[0]?.map((item) => item.entry?.details.length)).toEqual([0, 5_000, undefined, 5_000, 1]);
    expect(parsed.items[0]?.[1]?.entry?.details[4_321]).toMatchObject({
      direction: "CRDT",
      references: [{ value: "4321" }],
    });
    expect(parsed.items[0]?.[3]?.entry?.details[0]?.direction).toBe("DBIT");
    expect(parsed.statements[0]?.counts).toMatchObject({
      details: 10_001,
      detailsEqual: 1,
      detailsDiffer: 1,
      detailsNone: 2,
      faulty: 1,
    });
  });

  test("refuses an entry with more details than the limit (F86)", async () => {
    const file = fileOf(`<Ntry>${"<TxDtls/>".repeat(100_001)}</Ntry>`);
    await expect(read(shared, chunks(file))).rejects.toMatchObject({
      name: "CamtRefused",
      refusal: "LIMIT_EXCEEDED",
    });
  });

  test("reads bytes only as fast as events are consumed (F86)", async () => {
    const { state, bytes } = endless();
    for await (const event of shared.read({ bytes, signal: never })) {
      if (event.type === "header") continue;
      await pause(50);
      expect(state.bytes).toBeLessThan(500_000);
      break;
    }
    expect(state.isLetGo).toBe(true);
  });
});

describe("refusing a camt file", () => {
  test("names the reason and the position, and reads no more bytes", async () => {
    const reader = useReader(1);
    const { state, bytes } = endless();
    const source = (async function* () {
      yield Buffer.from("<a>\n</b>");
      yield* bytes;
    })();
    const refused = await read(reader, source).catch((reason: unknown) => reason);
    expect(refused).toBeInstanceOf(CamtRefused);
    expect(refused).toMatchObject({ refusal: "NOT_WELL_FORMED", position: { line: 2, column: 4 } });
    expect(state.bytes).toBeLessThan(500_000);
    expect(await read(reader, chunks(fileOf()))).toEqual(parse(fileOf()));
  });

  test("refuses an empty file", async () => {
    await expect(read(useReader(), chunks(""))).rejects.toMatchObject({ refusal: "EMPTY" });
  });

  test("throws the error of the byte source, and continues with the next file", async () => {
    const reader = useReader(1);
    const broken = (async function* () {
      yield Buffer.from(fileOf());
      throw new RangeError("disk");
    })();
    await expect(read(reader, broken)).rejects.toThrow(new RangeError("disk"));
    expect(await read(reader, chunks(fileOf()))).toEqual(parse(fileOf()));
  });
});

describe("stopping a camt read", () => {
  const reason = new RangeError("enough");

  test("throws the signal's reason at once while no bytes arrive, and frees the worker", async () => {
    const reader = useReader(1);
    const stopping = new AbortController();
    const reading = read(reader, stuck(), { signal: stopping.signal });
    setTimeout(() => stopping.abort(reason), 20);
    await expect(reading).rejects.toBe(reason);
    expect(await read(reader, chunks(fileOf()))).toEqual(parse(fileOf()));
  });

  test("throws it between events, and frees the worker while the consumer processes one", async () => {
    const reader = useReader(1);
    const stopping = new AbortController();
    const { state, bytes } = endless();
    const events = reader.read({ bytes, signal: stopping.signal })[Symbol.asyncIterator]();
    await events.next();
    stopping.abort(reason);
    expect(await read(reader, chunks(fileOf()))).toEqual(parse(fileOf()));
    await expect(events.next()).rejects.toBe(reason);
    expect(state.isLetGo).toBe(true);
  });

  test("throws it while all workers are busy, and before anything is read", async () => {
    const reader = useReader(1);
    const busy = reader.read({ bytes: endless().bytes, signal: never })[Symbol.asyncIterator]();
    await busy.next();
    const stopping = new AbortController();
    const waiting = read(reader, chunks(fileOf()), { signal: stopping.signal });
    stopping.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(read(reader, chunks(fileOf()), { signal: stopping.signal })).rejects.toBe(reason);
    await busy.return?.();
    expect(await read(reader, chunks(fileOf()))).toEqual(parse(fileOf()));
  });

  test("a consumer that stops early frees the worker, at any time (F80)", async () => {
    const reader = useReader(1);
    await fc.assert(
      fc.asyncProperty(fc.nat(5), fc.boolean(), async (taken, isAborted) => {
        const { state, bytes } = endless();
        const stopping = new AbortController();
        const events = reader.read({ bytes, signal: stopping.signal })[Symbol.asyncIterator]();
        for (let count = 0; count < taken; count++) await events.next();
        if (isAborted) stopping.abort(reason);
        await events.return?.();
        expect(state.isLetGo).toBe(taken > 0);
      }),
      { numRuns: 20 },
    );
    expect(await read(reader, chunks(fileOf()))).toEqual(parse(fileOf()));
  });

  test("close ends the current reads, and starts no new one", async () => {
    const reader = useReader();
    const reading = read(reader, endless().bytes);
    const waiting = read(reader, stuck());
    const resolved = Promise.allSettled([reading, waiting]);
    await pause(20);
    await reader.close();
    expect(await resolved).toMatchObject([{ reason: { code: "CANCELED" } }, { reason: { code: "CANCELED" } }]);
    await expect(read(reader, chunks(fileOf()))).rejects.toMatchObject({ code: "CANCELED" });
    await reader.close();
  });
});

describe("the camt worker pool", () => {
  test("replaces a worker that died, and reports the reason", async () => {
    const pool = createWorkerPool(1);
    open.push(pool);
    const lease = await pool.lease(never);
    const next = pool.lease(never);
    await Promise.all([once(lease.worker, "exit"), lease.worker.terminate()]);
    lease.release();
    expect(lease.failure()).toBeInstanceOf(Error);
    const other = await next;
    expect(other.worker).not.toBe(lease.worker);
    other.release();
    const again = await pool.lease(never);
    expect(again.worker).toBe(other.worker);
    again.release();
  });
});
