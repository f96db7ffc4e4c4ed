import { createFileRegistry, type DescMessage, fromBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { readFileSync } from "node:fs";

const PACKAGE = "cardprocessor.v1";

/** Path prefix of the service's methods. */
export const SERVICE_PATH = `/${PACKAGE}.CardProcessor/`;

const registry = createFileRegistry(
  fromBinary(FileDescriptorSetSchema, readFileSync(new URL("../contract/card_processor.binpb", import.meta.url))),
);

/** Descriptor of a message of the contract. */
export function messageNamed(name: string): DescMessage {
  const found = registry.getMessage(`${PACKAGE}.${name}`);
  if (found === undefined) throw new RangeError(`the contract has no message ${name}`);
  return found;
}
