import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { ServiceError } from "../../../domain/error.ts";
import { readCopyData, writeStatus } from "./copy-data.ts";
import { PgoutputDecoder } from "./decoder.ts";

const text = (value: string): Buffer => Buffer.from(`${value}\0`);

function uint(value: number, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntBE(value, 0, bytes);
  return buffer;
}

const column = (name: string, isKey: boolean): Buffer =>
  Buffer.concat([uint(isKey ? 1 : 0, 1), text(name), uint(25, 4), uint(0xffffffff, 4)]);

const RELATION = Buffer.concat([
  Buffer.from("R"),
  uint(42, 4),
  text("public"),
  text("entries"),
  Buffer.from("d"),
  uint(2, 2),
  column("id", true),
  column("note", false),
]);

const value = (content: string): Buffer =>
  Buffer.concat([Buffer.from("t"), uint(Buffer.byteLength(content), 4), Buffer.from(content)]);

const INSERT = Buffer.concat([Buffer.from("I"), uint(42, 4), Buffer.from("N"), uint(2, 2), value("1"), value("ä")]);

test("a change of a table that was not described, and a message that was not requested, are typed errors", () => {
  const decoder = new PgoutputDecoder();
  expect(() => decoder.decode(INSERT, 1n)).toThrow(/before its description/);
  for (const kind of "SEcAbPKrpZ") {
    expect(() => decoder.decode(Buffer.from(kind), 1n)).toThrow(/which was not requested/);
  }
});

test("a message that was cut off at any place is a typed error", () => {
  for (const message of [RELATION, INSERT]) {
    for (let length = 0; length < message.length; length++) {
      const decoder = new PgoutputDecoder();
      decoder.decode(RELATION, 1n);
      expect(() => decoder.decode(message.subarray(0, length), 1n)).toThrow(ServiceError);
    }
  }
});

test("random bytes are decoded or are a typed error, never another failure", () => {
  fc.assert(
    fc.property(
      fc.constantFrom("R", "I", "U", "D", "T", "B", "C", "O", "Y", "M"),
      fc.uint8Array({ maxLength: 60 }),
      (kind, bytes) => {
        const decoder = new PgoutputDecoder();
        decoder.decode(RELATION, 1n);
        let code = "UPSTREAM_MALFORMED";
        try {
          decoder.decode(Buffer.concat([Buffer.from(kind), bytes]), 1n);
        } catch (reason) {
          code = ServiceError.from(reason).code;
        }
        expect(code).toBe("UPSTREAM_MALFORMED");
      },
    ),
    { numRuns: 2_000 },
  );
});

test("a status update has the committed position as flushed and applied, in a message of its own", () => {
  const bytes = writeStatus({ received: 9n, committed: 7n, nowMs: 946_684_800_001, isReplyRequested: true });
  expect(bytes.subarray(0, 6).toString("latin1")).toBe("d\0\0\0&r");
  expect([6, 14, 22, 30].map((at) => bytes.readBigUInt64BE(at))).toEqual([9n, 7n, 7n, 1_000n]);
  expect(bytes[38]).toBe(1);
});

test("a message that replication does not have is a typed error", () => {
  expect(() => readCopyData(Buffer.from("?"))).toThrow(/no message of kind 63/);
  expect(() => readCopyData(Buffer.alloc(0))).toThrow(ServiceError);
});
