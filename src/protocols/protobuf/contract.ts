import {
  createFileRegistry,
  type DescMessage,
  type DescMethod,
  type FileRegistry,
  fromBinary,
} from "@bufbuild/protobuf";
import { FileDescriptorSetSchema, MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { didYouMean } from "../../domain/did-you-mean.ts";
import { ServiceError } from "../../domain/error.ts";
import type { MessageType } from "./message.ts";
import { createMessageType } from "./message-type.ts";

/** A method of a service. */
export interface Method {
  /** Service and method: `bank.v1.Ledger/ListPayments`. */
  readonly path: string;
  readonly kind: "unary" | "server_streaming" | "client_streaming" | "bidi_streaming";
  readonly input: MessageType;
  readonly output: MessageType;
  /** True if the contract declares that it changes nothing. */
  readonly hasNoSideEffects: boolean;
}

/** What a service offers, without generated code: services, messages and enums by their names. */
export interface Contract {
  /** Paths of all methods. */
  readonly methods: readonly string[];
  /** @throws ServiceError INVALID_INPUT if there is no such method, with the most similar one */
  method(path: string): Method;
  /** @throws ServiceError INVALID_INPUT if there is no such message, with the most similar one */
  message(typeName: string): MessageType;
}

/**
 * Reads a contract from a serialized `google.protobuf.FileDescriptorSet` that contains its imports, as `buf build` and
 * `protoc --include_imports --descriptor_set_out` write it.
 * @throws ServiceError INVALID_INPUT
 */
export function parseContract(descriptorSet: Uint8Array): Contract {
  return contractOf(registryOf(descriptorSet));
}

function registryOf(descriptorSet: Uint8Array): FileRegistry {
  try {
    return createFileRegistry(fromBinary(FileDescriptorSetSchema, descriptorSet));
  } catch (reason) {
    const problem = "the contract must be a FileDescriptorSet that contains its imports";
    throw new ServiceError("INVALID_INPUT", problem, { detail: `${problem}: ${String(reason)}`, cause: reason });
  }
}

function contractOf(registry: FileRegistry): Contract {
  const types = new Map<DescMessage, MessageType>();
  const typeOf = (desc: DescMessage): MessageType => {
    const type = types.get(desc) ?? createMessageType(desc, registry, typeOf);
    types.set(desc, type);
    return type;
  };
  const methods = new Map<string, DescMethod>();
  const messages: string[] = [];
  for (const desc of registry) {
    if (desc.kind === "message") messages.push(desc.typeName);
    if (desc.kind !== "service") continue;
    for (const method of desc.methods) methods.set(`${desc.typeName}/${method.name}`, method);
  }
  return {
    methods: [...methods.keys()],
    method(path) {
      const found = methods.get(path);
      if (found === undefined) throw missing("method", path, methods.keys());
      return {
        path,
        kind: found.methodKind,
        input: typeOf(found.input),
        output: typeOf(found.output),
        hasNoSideEffects: found.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS,
      };
    },
    message(typeName) {
      const found = registry.getMessage(typeName);
      if (found === undefined) throw missing("message", typeName, messages);
      return typeOf(found);
    },
  };
}

function missing(what: string, name: string, names: Iterable<string>): ServiceError {
  const text = `the contract has no ${what} ${JSON.stringify(name)}${didYouMean(name, names)}`;
  return new ServiceError("INVALID_INPUT", text);
}
