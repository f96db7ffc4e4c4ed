import type { ContractMessage } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { readServerContract } from "../../protocols/grpc/reflection.ts";
import { contractShape } from "../../protocols/protobuf/contract-shape.ts";
import { channelKind, type GrpcSourceCall } from "./client.ts";
import type { StreamPlan } from "./plan/plan.ts";
import { contractOfSource } from "./source-plan.ts";

/**
 * Asks the server for its own contract of the services that a stream calls, to be compared with ours. A server without
 * reflection has none.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export async function* serverContracts(
  call: GrpcSourceCall,
  { list, fetch, watch }: StreamPlan,
): AsyncGenerator<ContractMessage> {
  const own = await contractOfSource(call.config, call.signal);
  const paths = [list, fetch, watch].flatMap((plan) => (plan === undefined ? [] : [plan.method.path]));
  for (const [service, methods] of Map.groupBy(paths, (path) => path.slice(0, path.indexOf("/")))) {
    const theirs = await serverShape(call, service, methods);
    if (theirs !== undefined) {
      yield { type: "contract", subject: service, fields: theirs, pinned: contractShape(own, methods) };
    }
  }
}

async function serverShape({ client, signal }: GrpcSourceCall, service: string, methods: readonly string[]) {
  try {
    const contract = await client.call(
      {
        via: channelKind,
        name: "reflection",
        isRead: true,
        run: (channel, limits) => readServerContract(channel, service, limits),
      },
      signal,
    );
    return contractShape(contract, methods);
  } catch (reason) {
    if (ServiceError.from(reason).code === "UPSTREAM_REJECTED") return undefined;
    throw reason;
  }
}
