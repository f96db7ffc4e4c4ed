import { fileURLToPath } from "node:url";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "@jest/globals";
import { compileProto } from "../protobuf/compile-proto.ts";
import { contractShape } from "../protobuf/contract-shape.ts";
import { parseContract } from "../protobuf/contract.ts";
import { addReflection } from "./fixtures/add-reflection.ts";
import { startLedger } from "./fixtures/ledger-server.ts";
import { failureOf, LIMITS, openChannel } from "./fixtures/open-channel.ts";
import { readServerContract } from "./reflection.ts";

const folderOf = (name: string): string => fileURLToPath(new URL(`fixtures/${name}/`, import.meta.url));
const descriptorSet = await compileProto(folderOf("ledger"), new AbortController().signal);
const files = fromBinary(FileDescriptorSetSchema, descriptorSet).file;
const LEDGER = "ledger.v1.Ledger";
const METHODS = [`${LEDGER}/ListPayments`, `${LEDGER}/WatchPayments`];

/** A server that offers the ledger's files by the given version of reflection. */
async function startReflecting(version: "v1" | "v1alpha") {
  const server = await startLedger({});
  addReflection(server.server, { version, name: LEDGER, fileName: "ledger.proto", files });
  return server;
}

describe("server reflection", () => {
  test.each(["v1", "v1alpha"] as const)("of version %s tells the contract of a service", async (version) => {
    await using server = await startReflecting(version);
    await using channel = openChannel(server.url);
    const theirs = await readServerContract(channel, LEDGER, LIMITS);
    expect(theirs.methods).toContain(METHODS[0]);
    expect(contractShape(theirs, METHODS)).toEqual(contractShape(parseContract(descriptorSet), METHODS));
  });

  test("refuses a service that the server does not know, and a server without reflection", async () => {
    await using server = await startReflecting("v1");
    await using channel = openChannel(server.url);
    expect((await failureOf(readServerContract(channel, "ledger.v1.Other", LIMITS))).code).toBe("UPSTREAM_REJECTED");
    await using plain = await startLedger({});
    await using other = openChannel(plain.url);
    expect((await failureOf(readServerContract(other, LEDGER, LIMITS))).code).toBe("UPSTREAM_REJECTED");
  });
});

test("the shape of a contract has each method, field and enum value (F26)", () => {
  const changed = fromBinary(FileDescriptorSetSchema, descriptorSet);
  const ledger = changed.file.find(({ name }) => name === "ledger.proto");
  const payment = ledger?.messageType.find(({ name }) => name === "Payment");
  const fields = payment?.field ?? [];
  const fieldOf = (name: string) => fields.find((field) => field.name === name);
  Object.assign(fieldOf("amount_minor") ?? {}, { type: 5 }); // int32
  Object.assign(fieldOf("id") ?? {}, { name: "payment_id", jsonName: "paymentId" });
  fields.splice(
    fields.findIndex(({ name }) => name === "rate"),
    1,
  );
  const [status] = ledger?.enumType ?? [];
  if (status?.value[2] !== undefined)
    status.value.push({ ...status.value[2], name: "PAYMENT_STATUS_FAILED", number: 3 });
  ledger?.service[0]?.method.splice(1, 1);
  const theirs = parseContract(toBinary(FileDescriptorSetSchema, changed));
  const ours = parseContract(descriptorSet);
  const [before, now] = [contractShape(ours, METHODS), contractShape(theirs, METHODS)];
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].toSorted();
  expect(names.flatMap((name) => (before[name] === now[name] ? [] : [[name, before[name], now[name]]]))).toEqual([
    ["ledger.v1.Ledger/WatchPayments", "server_streaming", undefined],
    ["ledger.v1.Payment.amount_minor", "int64 = 2", "int32 = 2"],
    ["ledger.v1.Payment.id", "string = 1", undefined],
    ["ledger.v1.Payment.payment_id", undefined, "string = 1"],
    ["ledger.v1.Payment.rate", "double = 17", undefined],
    ["ledger.v1.PaymentStatus.PAYMENT_STATUS_FAILED", undefined, "value 3"],
    ["ledger.v1.WatchPaymentsRequest.resume_token", "string = 1", undefined],
  ]);
});
