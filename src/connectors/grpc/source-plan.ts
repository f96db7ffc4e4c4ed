import { ServiceError } from "../../domain/error.ts";
import { compileProto } from "../../protocols/protobuf/compile-proto.ts";
import { type Contract, parseContract } from "../../protocols/protobuf/contract.ts";
import type { GrpcConfig } from "./config.ts";
import { compilePlan, type Plan } from "./plan/plan.ts";
import { readContract } from "./read-contract.ts";

/** Plans by the settings that they were made of, because compiling `.proto` files takes a second. */
const plans = new WeakMap<GrpcConfig, Promise<Plan>>();

/**
 * Returns the checked settings of a source.
 * @throws ServiceError INVALID_INPUT with every mistake and the path of its setting, CANCELED
 */
export function planOf(config: GrpcConfig, signal: AbortSignal): Promise<Plan> {
  const existing = plans.get(config);
  if (existing !== undefined) return existing;
  const plan = makePlan(config, signal);
  plans.set(config, plan);
  plan.catch(() => plans.delete(config)); // the next caller tries again
  return plan;
}

/** Contracts by the settings that name them. */
const contracts = new WeakMap<GrpcConfig, Contract>();

/** Returns the contract by which a source is read. @throws ServiceError INVALID_INPUT, CANCELED */
export async function contractOfSource(config: GrpcConfig, signal: AbortSignal): Promise<Contract> {
  const contract = contracts.get(config) ?? (await contractOf(config, signal));
  contracts.set(config, contract);
  return contract;
}

async function makePlan(config: GrpcConfig, signal: AbortSignal): Promise<Plan> {
  const { plan, mistakes } = compilePlan(await contractOfSource(config, signal), config.streams);
  if (mistakes.length === 0) return plan;
  const sentences = mistakes.map(({ path, problem }) => `streams.${path.join(".")}: ${problem}`);
  throw new ServiceError("INVALID_INPUT", sentences.join("; "));
}

async function contractOf({ descriptorSet, proto }: GrpcConfig, signal: AbortSignal): Promise<Contract> {
  if (proto !== undefined) return parseContract(await compileProto(proto, signal));
  const { contract, problem } = readContract(descriptorSet ?? "");
  if (contract === undefined) throw new ServiceError("INVALID_INPUT", `descriptorSet: ${problem}`);
  return contract;
}
