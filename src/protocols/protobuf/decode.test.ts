import { loadSync, type MessageTypeDefinition } from "@grpc/proto-loader";
import { beforeAll, describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { ServiceError } from "../../domain/error.ts";
import { ledgerContract } from "../grpc/fixtures/ledger-contract.ts";
import { LEDGER_PROTO } from "../grpc/fixtures/ledger-server.ts";
import type { Contract } from "./contract.ts";
import { type DecodeOptions, type MessageType, ProtoMessage } from "./message.ts";
import { unknownValues } from "./unknown-values.ts";

type Definition = MessageTypeDefinition<object, object>;

/** The same types by protobufjs, which encodes the messages of these tests. */
const oracle = loadSync(LEDGER_PROTO, { longs: String, keepCase: true });
const encode = (name: string, value: object): Buffer => {
  const definition = oracle[`ledger.v1.${name}`] as Definition; // the file declares these as messages
  return definition.serialize(value);
};

let contract: Contract;
let payment: MessageType;
beforeAll(async () => {
  contract = await ledgerContract();
  payment = contract.message("ledger.v1.Payment");
});

const valueOf = (message: ProtoMessage, name: string) => message.get(message.type.field(name));

function problem(bytes: Uint8Array, options?: DecodeOptions): string {
  try {
    payment.decode(bytes, options);
  } catch (error) {
    if (error instanceof ServiceError && error.code === "UPSTREAM_MALFORMED") return error.publicMessage;
    throw error;
  }
  throw new Error("it was decoded");
}

const hex = (text: string): Buffer => Buffer.from(text.replaceAll(" ", ""), "hex");

describe("a decoded message", () => {
  test("has exact integers, absent fields, lists, maps, oneofs and bytes", () => {
    const bytes = encode("Payment", {
      id: "p1",
      amount_minor: "9007199254740993",
      status: 2,
      fee: { currency_code: "EUR", units: "-1", nanos: -500_000_000 },
      labels: { a: "1", __proto__x: "2" },
      card_token: "tok",
      part_amounts: ["-1", "9223372036854775807"],
      attempts: 0,
      blob: Buffer.of(0, 255),
      sequence: "18446744073709551615",
      fees: { "-5": { units: "7" } },
      rate: 0.1,
    });
    const message = payment.decode(bytes);
    const fee = valueOf(message, "fee");
    expect(fee instanceof ProtoMessage && [valueOf(fee, "units"), valueOf(fee, "nanos")]).toEqual([-1n, -500_000_000]);
    const names = [
      "id",
      "amount_minor",
      "status",
      "card_token",
      "party",
      "part_amounts",
      "attempts",
      "sequence",
      "rate",
    ];
    expect(names.map((name) => valueOf(message, name))).toEqual([
      "p1",
      9007199254740993n,
      2,
      "tok",
      undefined,
      [-1n, 9223372036854775807n],
      0,
      18446744073709551615n,
      0.1,
    ]);
    expect(valueOf(message, "labels")).toEqual(
      new Map([
        ["a", "1"],
        ["__proto__x", "2"],
      ]),
    );
    expect([...(valueOf(message, "fees") as Map<bigint, unknown>).keys()]).toEqual([-5n]);
    expect(valueOf(message, "blob")).toEqual(Buffer.of(0, 255));
    expect(Buffer.from(message.bytes).equals(bytes)).toBe(true);
  });

  test("tells an absent field from a zero where the contract does", () => {
    const message = payment.decode(new Uint8Array());
    const names = ["amount_minor", "status", "attempts", "fee", "note", "part_amounts", "card_token"];
    expect(names.map((name) => valueOf(message, name))).toEqual([
      0n,
      0,
      undefined,
      undefined,
      undefined,
      [],
      undefined,
    ]);
  });

  test("merges a message that comes twice, and keeps the last member of a oneof", () => {
    const parts = [
      encode("Payment", { card_token: "tok", fee: { units: "1", currency_code: "EUR" } }),
      encode("Payment", { party: { name: "Ann" }, fee: { units: "2" } }),
    ];
    const message = payment.decode(Buffer.concat(parts));
    const fee = valueOf(message, "fee") as ProtoMessage;
    expect([valueOf(fee, "units"), valueOf(fee, "currency_code"), valueOf(message, "card_token")]).toEqual([
      2n,
      "EUR",
      undefined,
    ]);
    expect(valueOf(fee.type.decode(fee.bytes), "currency_code")).toBe("EUR");
  });

  test("keeps the bytes of list elements, of which one may be malformed, on request", () => {
    const page = contract.message("ledger.v1.ListPaymentsResponse");
    const good = encode("ListPaymentsResponse", { payments: [{ id: "p1" }], next_page_token: "t" });
    const bytes = Buffer.concat([good, hex("0a 02 0d 00")]); // an element whose id is a truncated 32-bit value
    const payments = page.field("payments");
    expect(() => page.decode(bytes)).toThrow("payments[1].id must be encoded as length-delimited, got 32-bit");
    const [first, second] = page.decode(bytes, { keepEncoded: [payments] }).get(payments) as Uint8Array[];
    expect(valueOf(payment.decode(first ?? new Uint8Array()), "id")).toBe("p1");
    expect(problem(second ?? new Uint8Array())).toContain("id must be encoded");
  });

  test("reports unknown enum numbers and unknown fields with their paths, and keeps their bytes (F36)", () => {
    const bytes = Buffer.concat([
      encode("Payment", { status: 99, parties: [{ name: "Ann" }] }),
      hex("7a 06 f20603 616263"), // parties[1] with field 110, "abc"
      hex("98 06 ffffffffffffffffff01"), // field 99, -1
    ]);
    const message = payment.decode(bytes);
    expect(unknownValues(message)).toEqual([
      { path: "status", value: "99" },
      { path: "parties[1].110", value: "4 bytes", of: "field" },
      { path: "99", value: "varint", of: "field" },
    ]);
    expect(Buffer.from(message.bytes).equals(bytes)).toBe(true);
  });

  test("has the integers that protobufjs has encoded", () => {
    const int64 = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    const uint64 = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n });
    const int32 = fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 });
    fc.assert(
      fc.property(int64, uint64, int32, fc.array(int64), (minor, sequence, attempts, parts) => {
        const bytes = encode("Payment", {
          amount_minor: minor.toString(),
          sequence: sequence.toString(),
          attempts,
          part_amounts: parts.map(String),
        });
        const message = payment.decode(bytes);
        const names = ["amount_minor", "sequence", "attempts", "part_amounts"];
        expect(names.map((name) => valueOf(message, name))).toEqual([minor, sequence, attempts, parts]);
      }),
    );
  });
});

describe("a message that cannot be read is malformed, with its path (F36)", () => {
  test.each([
    ["a wrong wire type", "11 0100000000000000", "amount_minor must be encoded as varint, got 64-bit"],
    ["a text as a varint", "08 01", "id must be encoded as length-delimited, got varint"],
    ["a varint that never ends", "10 ffffffffffffffffffffffff", "amount_minor cannot be decoded: invalid varint"],
    ["an unknown varint that never ends", "98 06 ffffffffffffffffffffffff01", "does not end, in the unknown field 99"],
    ["a varint that is cut off", "10 80", "amount_minor"],
    ["a negative length", "0a ffffffffffffffffff01", "id ends before its last byte"],
    ["a negative length of a message", "32 ffffffffffffffffff01", "fee is longer than the message that it is in"],
    ["a message longer than the one around it", "32 04 0a 05 41 42 43 44 45", "fee has a field that is longer"],
    ["an integer of 32 bits that has more", "60 8080808010", "attempts does not fit into 32 bits"],
    ["a text that is not UTF-8", "0a 02 c328", "id cannot be decoded"],
    ["a fixed value that is cut off", "89 01 00", "rate ends before its last byte"],
    ["field number 0", "00 01", "cannot be decoded: illegal tag"],
    ["the end of a group that never began", "9c 06", "cannot be decoded"],
    ["a group without an end", "9b 06 08 01", "ends before its last byte"],
    ["a key of a map as a varint", "3a 02 08 01", "labels must be encoded as length-delimited, got varint"],
    ["a packed list that ends within an element", "5a 01 80", "part_amounts"],
  ])("%s", (_name, bytes, expected) => {
    expect(problem(hex(bytes))).toContain(expected);
  });

  test("messages nested 10,000 deep", () => {
    let nested = Buffer.alloc(0);
    for (let depth = 0; depth < 10_000; depth++) {
      nested = Buffer.concat([Buffer.of(0x12), varint(nested.length), nested]); // Party.parent
    }
    const bytes = Buffer.concat([Buffer.of(0x52), varint(nested.length), nested]);
    expect(problem(bytes)).toContain("is nested deeper than 100 messages");
    expect(problem(Buffer.alloc(10_000, hex("9b06")))).toContain("cannot be decoded"); // groups of an unknown field
  });

  test("more elements than the limit, packed or not, known or not", () => {
    expect(problem(Buffer.alloc(2 * 100_001, hex("7a00")))).toContain("more than 100000 list elements");
    expect(problem(Buffer.concat([hex("5a 04"), Buffer.alloc(4)]), { maxElements: 3 })).toContain(
      "part_amounts[3] has",
    );
    expect(problem(Buffer.alloc(3 * 4, hex("980600")), { maxElements: 3 })).toContain("more than 3");
  });

  test("random bytes are read or malformed, and nothing else happens", () => {
    const damaged = fc.tuple(fc.uint8Array({ maxLength: 40 }), fc.nat(60), fc.nat(255)).map(([tail, at, byte]) => {
      const bytes = Buffer.concat([encode("Payment", { id: "p1", fee: { units: "5" }, labels: { a: "b" } }), tail]);
      bytes[at % bytes.length] = byte;
      return bytes;
    });
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), damaged), (bytes) => {
        let outcome: string;
        try {
          unknownValues(payment.decode(bytes));
          outcome = "read";
        } catch (error) {
          outcome = ServiceError.from(error).code;
        }
        expect(["read", "UPSTREAM_MALFORMED"]).toContain(outcome);
      }),
      { numRuns: 2_000 },
    );
  });
});

function varint(value: number): Buffer {
  const bytes: number[] = [];
  let left = value;
  while (left > 127) {
    bytes.push((left & 127) | 128);
    left >>>= 7;
  }
  return Buffer.from([...bytes, left]);
}
