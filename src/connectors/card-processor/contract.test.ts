import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "@jest/globals";
import { fromBinary, toJson } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { compileProto } from "../../protocols/protobuf/compile-proto.ts";

const OWN = fileURLToPath(new URL("contract/", import.meta.url));
const SANDBOX = fileURLToPath(new URL("../../../sandbox/card-processor/contract/", import.meta.url));

/** The files of a descriptor set, without comments and positions. */
function filesOf(descriptorSet: Uint8Array): unknown {
  const set = fromBinary(FileDescriptorSetSchema, descriptorSet);
  for (const file of set.file) delete file.sourceCodeInfo;
  return toJson(FileDescriptorSetSchema, set);
}

test.each(["card_processor.proto", "google/type/money.proto", "card_processor.binpb"])(
  "%s is the same for the connector and for the sandbox, which has a copy of its own",
  (file) => {
    expect(readFileSync(`${OWN}${file}`).equals(readFileSync(`${SANDBOX}${file}`))).toBe(true);
  },
);

test("the descriptor set is the compiled text of the contract", async () => {
  const compiled = await compileProto(OWN, AbortSignal.timeout(30_000));
  expect(filesOf(compiled)).toEqual(filesOf(readFileSync(`${OWN}card_processor.binpb`)));
});
