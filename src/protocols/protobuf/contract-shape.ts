import type { DescField } from "@bufbuild/protobuf";
import { ServiceError } from "../../domain/error.ts";
import type { Contract, Method } from "./contract.ts";
import type { MessageType } from "./message.ts";

/**
 * Returns what the messages of methods contain, at any depth: the type of each method, field and enum value by its full
 * name. Two contracts differ in what their shapes do not have in common. Methods that the contract does not have are
 * left out.
 */
export function contractShape(contract: Contract, methods: readonly string[]): Readonly<Record<string, string>> {
  const shape = new Map<string, string>();
  const seen = new Set<string>();
  for (const path of methods) {
    const method = methodOf(contract, path);
    if (method === undefined) continue;
    shape.set(path, method.kind);
    for (const type of [method.input, method.output]) addFields(type, shape, seen);
  }
  return Object.fromEntries(shape);
}

function addFields(type: MessageType, shape: Map<string, string>, seen: Set<string>): void {
  if (seen.has(type.name)) return; // types may contain themselves
  seen.add(type.name);
  for (const { desc, name, number, message } of type.fields) {
    shape.set(`${type.name}.${name}`, `${typeOf(desc)} = ${number}`);
    for (const value of desc.enum?.values ?? []) {
      shape.set(`${desc.enum?.typeName}.${value.name}`, `value ${value.number}`);
    }
    if (message !== undefined) addFields(message, shape, seen);
  }
}

/** Names of `FieldDescriptorProto.Type`, by their numbers. */
const SCALARS =
  "- double float int64 uint64 int32 fixed64 fixed32 bool string group message bytes uint32 enum sfixed32 sfixed64 sint32 sint64".split(
    " ",
  );

function typeOf(desc: DescField): string {
  const type = desc.message?.typeName ?? desc.enum?.typeName ?? SCALARS[desc.scalar ?? 0];
  return desc.fieldKind === "list" || desc.fieldKind === "map" ? `${desc.fieldKind} of ${type}` : String(type);
}

function methodOf(contract: Contract, path: string): Method | undefined {
  try {
    return contract.method(path);
  } catch (reason) {
    if (ServiceError.from(reason).code === "INVALID_INPUT") return undefined;
    throw reason;
  }
}
