import { z } from "zod";
import { upstreamBaseUrl } from "../../protocols/rest/upstream-url.ts";
import { compilePlan } from "./plan/plan.ts";
import { readContract } from "./read-contract.ts";
import { streamsSchema } from "./plan/stream-settings.ts";

const pem = z.string().regex(/^-----BEGIN [A-Z ]+-----/, "must be PEM: -----BEGIN …");

/** Settings of a source. Those of its streams are checked against the contract. */
export const grpcConfig = z
  .strictObject({
    baseUrl: upstreamBaseUrl.describe(
      "Address of the gRPC server: https://HOST:PORT. http means without encryption, for sandboxes only.",
    ),
    metadata: z
      .record(z.string().regex(/^[0-9a-z_.-]{1,100}$/, "must be in lower case"), z.string().regex(/^[\x20-\x7e]*$/))
      .default({})
      .meta({ secret: true })
      .describe("Metadata that each call carries: {authorization: Bearer …}."),
    ca: pem.optional().describe("PEM of the authorities that are trusted in addition to the system's."),
    clientCertificate: pem
      .optional()
      .describe("PEM of the certificate by which we prove our identity, with clientKey."),
    clientKey: pem.optional().meta({ secret: true }).describe("PEM of the private key of clientCertificate."),
    descriptorSet: z
      .string()
      .min(1)
      .optional()
      .meta({ serverPath: true })
      .describe("File with the contract as a FileDescriptorSet that contains its imports, as buf build writes it."),
    proto: z
      .string()
      .min(1)
      .optional()
      .meta({ serverPath: true })
      .describe("Folder of the .proto files, which are compiled at the start; needs the package @bufbuild/buf."),
    reflection: z
      .boolean()
      .default(false)
      .describe("Whether each full read asks the server for its contract, by reflection, and reports what differs."),
    requestsPerSecond: z.number().positive().optional().describe("Calls per second that the server accepts."),
    maxConcurrent: z.int().min(1).optional().describe("Calls at a time that the server accepts."),
    streams: streamsSchema.describe("Methods that are called, and how their items become objects, by stream."),
  })
  .refine(({ clientCertificate, clientKey }) => (clientCertificate === undefined) === (clientKey === undefined), {
    path: ["clientKey"],
    error: "must be given together with clientCertificate",
  })
  .refine(({ descriptorSet, proto }) => (descriptorSet === undefined) !== (proto === undefined), {
    path: ["descriptorSet"],
    error: "must be given, or else proto, and not both",
  })
  .superRefine(({ descriptorSet, streams }, context) => {
    if (descriptorSet === undefined) return; // .proto files are compiled, and checked, at the start
    const { contract, problem } = readContract(descriptorSet);
    if (contract === undefined) {
      context.addIssue({ code: "custom", path: ["descriptorSet"], message: problem });
      return;
    }
    const { mistakes } = compilePlan(contract, streams);
    for (const { path, problem: message } of mistakes) {
      context.addIssue({ code: "custom", path: ["streams", ...path], message });
    }
  });
export type GrpcConfig = z.infer<typeof grpcConfig>;
