import { readFile, writeFile } from "node:fs/promises";
import { fromBinary, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { describe, expect, test } from "@jest/globals";
import { addReflection } from "../../protocols/grpc/fixtures/add-reflection.ts";
import { processorDescriptors, startProcessor } from "./fixtures/processor-contract.ts";
import { FIELDS, openProcessor } from "./fixtures/processor-source.ts";

const STREAMS = { payments: { list: "acme.v1.Processor/ListCharges", page: { items: "data" }, fields: FIELDS } };
const CHARGE = {
  id: "ch_1",
  state: "CHARGE_STATE_DONE",
  cents: "1050",
  currency: "EUR",
  side: "Ann Smith",
  sequence: "77",
};

/** The contract with a field and an enum value less, and a field of another type: as it was some time ago. */
async function olderContract() {
  const descriptors = await processorDescriptors();
  const bytes = await readFile(descriptors.file);
  const { file: files } = fromBinary(FileDescriptorSetSchema, bytes);
  const older = fromBinary(FileDescriptorSetSchema, bytes);
  const own = older.file.find(({ name }) => name === "processor.proto");
  const fields = own?.messageType.find(({ name }) => name === "Charge")?.field ?? [];
  for (const name of ["side", "sequence"])
    fields.splice(
      fields.findIndex((field) => field.name === name),
      1,
    );
  Object.assign(fields.find((field) => field.name === "created_seconds") ?? {}, { type: 5 }); // int32
  own?.enumType.find(({ name }) => name === "ChargeState")?.value.splice(2, 1);
  await writeFile(descriptors.file, toBinary(FileDescriptorSetSchema, older));
  return { ...descriptors, files };
}

describe("a server whose contract is newer than ours (F26, F36)", () => {
  test("is read: unknown enum numbers are kept, and unknown fields are reported by number without their content", async () => {
    await using older = await olderContract();
    await using server = await startProcessor({ ListCharges: (_call, done) => done(null, { data: [CHARGE] }) });
    const fields = { ...FIELDS, status: { path: "state", map: { CHARGE_STATE_OPEN: "PROCESSING" } } };
    const streams = { payments: { ...STREAMS.payments, fields } };
    await using session = await openProcessor(server.url, streams, { descriptorSet: older.file });
    expect(await session.readAll("payments")).toMatchObject([
      {
        type: "record",
        record: { externalId: "ch_1", amount: { minor: 1050n }, status: undefined, rawStatus: "2" },
        unknowns: [
          { path: "state", value: "2" },
          { path: "28", value: "10 bytes", of: "field" },
          { path: "31", value: "varint", of: "field" },
        ],
      },
      { type: "checkpoint" },
    ]);
  });

  test.each(["v1", "v1alpha"] as const)(
    "and offers reflection of version %s: each full read describes its contract",
    async (version) => {
      await using older = await olderContract();
      await using server = await startProcessor({ ListCharges: (_call, done) => done(null, {}) });
      const name = "acme.v1.Processor";
      addReflection(server.server, { version, name, fileName: "processor.proto", files: older.files });
      const fields = { ...FIELDS, status: { value: "SUCCEEDED" } };
      const streams = { payments: { ...STREAMS.payments, fields } };
      await using session = await openProcessor(server.url, streams, { descriptorSet: older.file, reflection: true });
      const [contract, ...others] = await session.readAll("payments");
      if (contract?.type !== "contract" || typeof contract.pinned !== "object")
        throw new Error("no contract was described");
      const { fields: present, pinned, subject } = contract;
      expect(subject).toBe(name);
      const paths = Object.keys({ ...pinned, ...present }).toSorted();
      expect(
        paths.flatMap((path) => (pinned[path] === present[path] ? [] : [[path, pinned[path], present[path]]])),
      ).toEqual([
        ["acme.v1.Charge.created_seconds", "int32 = 19", "int64 = 19"],
        ["acme.v1.Charge.sequence", undefined, "int64 = 31"],
        ["acme.v1.Charge.side", undefined, "string = 28"],
        ["acme.v1.ChargeState.CHARGE_STATE_DONE", undefined, "value 2"],
      ]);
      expect(others.map(({ type }) => type)).toEqual(["checkpoint"]);
      const cursor = { phase: "done" };
      expect((await session.readAll("payments", cursor)).map(({ type }) => type)).toEqual(["checkpoint"]);
    },
  );

  test("is described by each stream with the methods of all: a stream closes no finding of another one", async () => {
    await using descriptors = await processorDescriptors();
    const { file: files } = fromBinary(FileDescriptorSetSchema, await readFile(descriptors.file));
    await using server = await startProcessor({
      ListCharges: (_call, done) => done(null, {}),
      ListLines: (_call, done) => done(null, {}),
    });
    const name = "acme.v1.Processor";
    addReflection(server.server, { version: "v1", name, fileName: "processor.proto", files });
    const streams = {
      ...STREAMS,
      accounts: {
        list: `${name}/ListLines`,
        page: { items: "batches", item: "lines" },
        fields: { externalId: "id", ownership: { value: "EXTERNAL" } },
      },
    };
    await using session = await openProcessor(server.url, streams, { reflection: true });
    const [ofPayments] = await session.readAll("payments");
    expect((await session.readAll("accounts"))[0]).toEqual(ofPayments);
    expect(ofPayments).toMatchObject({
      type: "contract",
      fields: { [`${name}/ListCharges`]: "unary", [`${name}/ListLines`]: "unary" },
    });
  });

  test("and without reflection is read without a description", async () => {
    await using server = await startProcessor({ ListCharges: (_call, done) => done(null, {}) });
    await using session = await openProcessor(server.url, STREAMS, { reflection: true });
    expect((await session.readAll("payments")).map(({ type }) => type)).toEqual(["checkpoint"]);
  });
});
