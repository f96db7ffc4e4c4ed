import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type FileDescriptorProto, FileDescriptorProtoSchema, FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { ServiceError } from "../../domain/error.ts";
import { type Contract, parseContract } from "../protobuf/contract.ts";
import { ProtoMessage } from "../protobuf/message.ts";
import type { GrpcChannel, GrpcLimits } from "./grpc-channel.ts";
import { REFLECTION_PACKAGES, reflectionContract, type ReflectionPackage } from "./reflection-contract.ts";

/** Largest number of files of one contract. */
const MAX_FILES = 2_000;

/**
 * Reads the contract that a server itself states of a service, by the server reflection protocol: to compare it with the
 * one that we read its messages by. Servers often offer it only for tests.
 * @param serviceName `bank.v1.Ledger`
 * @throws ServiceError UPSTREAM_REJECTED if the server has no reflection or does not know the service, UPSTREAM_* else
 */
export async function readServerContract(
  channel: GrpcChannel,
  serviceName: string,
  limits: GrpcLimits,
): Promise<Contract> {
  const [newest, older] = REFLECTION_PACKAGES;
  try {
    return await readBy(newest, channel, serviceName, limits);
  } catch (reason) {
    // refused by a server that has the older version only, too
    if (ServiceError.from(reason).code !== "UPSTREAM_REJECTED") throw reason;
    return readBy(older, channel, serviceName, limits);
  }
}

async function readBy(
  version: ReflectionPackage,
  channel: GrpcChannel,
  serviceName: string,
  limits: GrpcLimits,
): Promise<Contract> {
  const files = new Map<string, FileDescriptorProto>();
  const add = (found: readonly FileDescriptorProto[]): void => {
    for (const file of found) files.set(file.name, file);
    if (files.size > MAX_FILES) throw malformed(`has more than ${MAX_FILES} files`);
  };
  add(await ask(version, channel, { file_containing_symbol: serviceName }, limits));
  for (let name = missingIn(files); name !== undefined; name = missingIn(files)) {
    add(await ask(version, channel, { file_by_filename: name }, limits));
    if (!files.has(name)) throw malformed("lacks a file that it imports");
  }
  const set = create(FileDescriptorSetSchema, { file: inOrder(files) });
  try {
    return parseContract(toBinary(FileDescriptorSetSchema, set));
  } catch (reason) {
    throw malformed("cannot be read", reason);
  }
}

/** Returns the files of one answer. Each question is a call of its own: the server then has nothing to keep for us. */
async function ask(
  version: ReflectionPackage,
  channel: GrpcChannel,
  question: { readonly file_containing_symbol: string } | { readonly file_by_filename: string },
  limits: GrpcLimits,
): Promise<readonly FileDescriptorProto[]> {
  const method = reflectionContract.method(`${version}.ServerReflection/ServerReflectionInfo`);
  const request = { path: method.path, message: method.input.encode(question), lifetimeMs: limits.timeoutMs };
  for await (const bytes of await channel.serverStream(request, limits)) {
    const answer = method.output.decode(bytes);
    const found = answer.get(answer.type.field("file_descriptor_response"));
    if (!(found instanceof ProtoMessage)) break;
    const files = found.get(found.type.field("file_descriptor_proto"));
    return Array.isArray(files) ? files.map(fileOf) : [];
  }
  throw new ServiceError("UPSTREAM_REJECTED", "the upstream's reflection does not know a part of the contract", {
    detail: `reflection does not know ${JSON.stringify(question)}`,
  });
}

function fileOf(bytes: unknown): FileDescriptorProto {
  try {
    return fromBinary(FileDescriptorProtoSchema, bytes as Uint8Array); // a list of bytes
  } catch (reason) {
    throw malformed("has a file that cannot be read", reason);
  }
}

/** Name of a file that another one imports and that is not known yet. */
function missingIn(files: ReadonlyMap<string, FileDescriptorProto>): string | undefined {
  return [...files.values()].flatMap(({ dependency }) => dependency).find((name) => !files.has(name));
}

/** Imported files come first, as the registry expects them. */
function inOrder(files: ReadonlyMap<string, FileDescriptorProto>): FileDescriptorProto[] {
  const ordered = new Set<FileDescriptorProto>();
  const visiting = new Set<string>();
  const visit = (name: string): void => {
    const file = files.get(name);
    if (file === undefined || ordered.has(file)) return;
    if (visiting.has(name)) throw malformed("has files that import each other");
    visiting.add(name);
    for (const imported of file.dependency) visit(imported);
    ordered.add(file);
  };
  for (const name of files.keys()) visit(name);
  return [...ordered];
}

function malformed(problem: string, cause?: unknown): ServiceError {
  return new ServiceError("UPSTREAM_MALFORMED", `the contract of the upstream's reflection ${problem}`, { cause });
}
