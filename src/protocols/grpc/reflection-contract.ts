import { fromJson, toBinary } from "@bufbuild/protobuf";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";
import { type Contract, parseContract } from "../protobuf/contract.ts";

/** Versions of the service, the newest first. They differ in their package only. */
export const REFLECTION_PACKAGES = ["grpc.reflection.v1", "grpc.reflection.v1alpha"] as const;
export type ReflectionPackage = (typeof REFLECTION_PACKAGES)[number];

const text = (name: string, number: number) => ({ name, number, type: "TYPE_STRING" });
const member = (name: string, number: number) => ({ ...text(name, number), oneofIndex: 0 });

/** Source: grpc/reflection/v1/reflection.proto, of which these are the messages that we send and read. */
function fileOf(packageName: ReflectionPackage) {
  const message = (name: string, number: number, type: string, label = "LABEL_OPTIONAL") => ({
    name,
    number,
    type: "TYPE_MESSAGE",
    typeName: `.${packageName}.${type}`,
    label,
  });
  return {
    name: `${packageName}.proto`,
    package: packageName,
    syntax: "proto3",
    messageType: [
      {
        name: "ServerReflectionRequest",
        field: [text("host", 1), member("file_by_filename", 3), member("file_containing_symbol", 4)],
        oneofDecl: [{ name: "message_request" }],
      },
      {
        name: "ServerReflectionResponse",
        field: [
          { ...message("file_descriptor_response", 4, "FileDescriptorResponse"), oneofIndex: 0 },
          { ...message("error_response", 7, "ErrorResponse"), oneofIndex: 0 },
        ],
        oneofDecl: [{ name: "message_response" }],
      },
      {
        name: "FileDescriptorResponse",
        field: [{ name: "file_descriptor_proto", number: 1, type: "TYPE_BYTES", label: "LABEL_REPEATED" }],
      },
      { name: "ErrorResponse", field: [{ name: "error_code", number: 1, type: "TYPE_INT32" }] },
    ],
    service: [
      {
        name: "ServerReflection",
        method: [
          {
            name: "ServerReflectionInfo",
            inputType: `.${packageName}.ServerReflectionRequest`,
            outputType: `.${packageName}.ServerReflectionResponse`,
            clientStreaming: true,
            serverStreaming: true,
          },
        ],
      },
    ],
  };
}

/** The contract of both versions of the service. */
export const reflectionContract: Contract = parseContract(
  toBinary(FileDescriptorSetSchema, fromJson(FileDescriptorSetSchema, { file: REFLECTION_PACKAGES.map(fileOf) })),
);
