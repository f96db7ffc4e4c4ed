import { ServiceError } from "../../domain/error.ts";
import { contractShape } from "../protobuf/contract-shape.ts";
import type { GrpcChannel, GrpcLimits } from "./grpc-channel.ts";
import { readServerContract } from "./reflection.ts";

export interface ServedMethods {
  /** `bank.v1.Ledger` */
  readonly service: string;
  /** Paths of methods of the service. */
  readonly methods: readonly string[];
}

/**
 * Reads what the messages of methods contain by the server's own contract, as `contractShape` describes it; undefined if
 * the server has no reflection or does not know the service.
 * @throws ServiceError UPSTREAM_*
 */
export async function readServerShape(
  channel: GrpcChannel,
  { service, methods }: ServedMethods,
  limits: GrpcLimits,
): Promise<Readonly<Record<string, string>> | undefined> {
  try {
    return contractShape(await readServerContract(channel, service, limits), methods);
  } catch (reason) {
    if (ServiceError.from(reason).code === "UPSTREAM_REJECTED") return undefined;
    throw reason;
  }
}
