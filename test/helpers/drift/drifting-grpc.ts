import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { fromBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import type * as grpc from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { processorDescriptors } from "../../../src/connectors/grpc/fixtures/processor-contract.ts";
import { addReflection } from "../../../src/protocols/grpc/fixtures/add-reflection.ts";
import { startServer } from "../../../src/protocols/grpc/fixtures/start-server.ts";
import type { Change, DriftingUpstream } from "./drifting-upstream.ts";

const CONNECTORS = fileURLToPath(new URL("../../../src/connectors/", import.meta.url));

/** Field 200 as a varint, which no message of the contracts has. */
const UNKNOWN_FIELD = Buffer.from([0xc0, 0x0c, 1]);
/** Text in place of an integer. @param field below 16 */
const textAs = (field: number): Buffer => Buffer.from([(field << 3) | 2, 2, 0x31, 0x32]);

interface DriftingList {
  /** Folder of the contract, below the connectors, and its file. */
  readonly folder: string;
  readonly file: string;
  readonly service: string;
  readonly method: string;
  readonly item: string;
  /** The item as it should be. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Each change as other values, and as bytes after the item. */
  readonly edits: Readonly<
    Partial<Record<Change, { readonly value?: Readonly<Record<string, unknown>>; readonly more?: Buffer }>>
  >;
  /** Descriptors that the server offers by reflection, and changes. */
  readonly files: FileDescriptorProto[];
}

/** A server of grpc-js one of whose lists has one item, which is composed from bytes; its other lists are empty. */
async function startDrifting(list: DriftingList) {
  const { folder, file, service, method, item, value, edits, files } = list;
  const definition = loadSync(file, {
    includeDirs: [CONNECTORS + folder],
    longs: String,
    keepCase: true,
    enums: String,
  });
  const methods = definition[service] as grpc.ServiceDefinition; // as the file declares
  const type = definition[item] as unknown as { serialize(value: object): Uint8Array }; // the file declares messages
  let change: Change | undefined;
  const response = (): Buffer => {
    const edit = change && edits[change];
    const bytes = Buffer.concat([type.serialize({ ...value, ...edit?.value }), edit?.more ?? Buffer.of()]);
    if (bytes.length > 127) throw new RangeError("the length of the item must be one byte");
    return Buffer.concat([Buffer.from([0x0a, bytes.length]), bytes]); // the list is the first field
  };
  const raw = Object.fromEntries(
    Object.entries(methods).map(([name, one]) => [
      name,
      name === method ? { ...one, responseSerialize: (bytes: Buffer) => bytes } : one,
    ]),
  );
  const handlers = Object.fromEntries(
    Object.entries(methods).map(([name, one]) => [
      name,
      one.responseStream
        ? () => undefined // it has no changes
        : (_call: unknown, done: (error: null, answer: unknown) => void) =>
            done(null, name === method ? response() : {}),
    ]),
  );
  const server = await startServer(raw as grpc.ServiceDefinition, handlers);
  addReflection(server.server, { version: "v1", name: service, fileName: file, files });
  const original = files.findIndex(({ name }) => name === file);
  const described = files[original];
  return {
    url: server.url,
    set(next: Change | undefined): void {
      change = next;
      if (described !== undefined)
        files[original] = next === "the version differs" ? withNewField(described, item) : described;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

/** The contract with one field more. */
function withNewField(file: FileDescriptorProto, item: string): FileDescriptorProto {
  const newer = structuredClone(file);
  const message = newer.messageType.find(({ name }) => item.endsWith(`.${name}`));
  const [first] = message?.field ?? [];
  if (message === undefined || first === undefined) throw new RangeError(`the contract has no ${item}`);
  message.field.push({ ...first, name: "tier", jsonName: "tier", number: 199 });
  return newer;
}

export async function startDriftingGrpc(): Promise<DriftingUpstream> {
  const descriptors = await processorDescriptors();
  const { file: files } = fromBinary(FileDescriptorSetSchema, await readFile(descriptors.file));
  const server = await startDrifting({
    folder: "grpc/fixtures/processor",
    file: "processor.proto",
    service: "acme.v1.Processor",
    method: "ListCharges",
    item: "acme.v1.Charge",
    value: { id: "ch_1", state: "CHARGE_STATE_DONE", cents: "1050", currency: "EUR" },
    edits: {
      "a field appears": { more: UNKNOWN_FIELD },
      "a field vanishes": { value: { currency: "" } },
      "a type changes": { more: textAs(8) },
      "an enum value is new": { value: { state: 77 } },
    },
    files,
  });
  const fields = {
    externalId: "id",
    currency: "currency",
    amount: { path: "cents", as: "minorUnits" },
    kind: { value: "PAYIN" },
    status: { path: "state", map: { CHARGE_STATE_DONE: "SUCCEEDED", CHARGE_STATE_OPEN: "PROCESSING" } },
  };
  const payments = { list: "acme.v1.Processor/ListCharges", page: { items: "data" }, fields };
  return {
    ...server,
    connector: "grpc",
    config: { baseUrl: server.url, descriptorSet: descriptors.file, reflection: true, streams: { payments } },
    streams: ["payments"],
    expected: {
      "a field appears": { kind: "UNKNOWN_FIELD", path: "200", of: "Payment" },
      "a field vanishes": { kind: "MALFORMED_FIELD", path: "cents", of: "Payment" }, // an amount needs its currency
      "a type changes": { kind: "MALFORMED_FIELD", path: "cents", of: "Payment" },
      "an enum value is new": { kind: "UNKNOWN_VALUE", path: "state", of: "Payment" },
      "the version differs": { kind: "UNKNOWN_FIELD", path: "acme.v1.Charge.tier", of: "acme.v1.Processor" },
    },
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      await descriptors[Symbol.asyncDispose]();
    },
  };
}

export async function startDriftingCardProcessor(): Promise<DriftingUpstream> {
  const contract = await readFile(`${CONNECTORS}card-processor/contract/card_processor.binpb`);
  const { file: files } = fromBinary(FileDescriptorSetSchema, contract);
  const time = { seconds: "1764500000" };
  const server = await startDrifting({
    folder: "card-processor/contract",
    file: "card_processor.proto",
    service: "cardprocessor.v1.CardProcessor",
    method: "ListRefunds",
    item: "cardprocessor.v1.Refund",
    value: {
      id: "ref_1",
      sequence: "7",
      created_at: time,
      updated_at: time,
      payment_id: "pay_1",
      amount: "1050",
      currency: "EUR",
      status: "REFUND_STATUS_COMPLETED",
    },
    edits: {
      "a field appears": { more: UNKNOWN_FIELD },
      "a field vanishes": { value: { currency: "" } },
      "a type changes": { more: textAs(7) },
      "an enum value is new": { value: { status: 77 } },
    },
    files,
  });
  return {
    ...server,
    connector: "card-processor",
    config: { baseUrl: server.url, apiKey: "key_for_a_test_of_differences", reflection: true },
    streams: ["refunds"],
    expected: {
      "a field appears": { kind: "UNKNOWN_FIELD", path: "200", of: "Refund" },
      "a field vanishes": { kind: "MALFORMED_FIELD", path: "currency", of: "Refund" },
      "a type changes": { kind: "MALFORMED_FIELD", path: "amount", of: "Refund" },
      "an enum value is new": { kind: "UNKNOWN_VALUE", path: "status", of: "Refund" },
      "the version differs": {
        kind: "UNKNOWN_FIELD",
        path: "cardprocessor.v1.Refund.tier",
        of: "cardprocessor.v1.CardProcessor",
      },
    },
  };
}
