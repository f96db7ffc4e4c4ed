import type { ContractMessage } from "../../connector-api/messages.ts";
import { readServerShape } from "../../protocols/grpc/server-shape.ts";
import { contractShape } from "../../protocols/protobuf/contract-shape.ts";
import { type CardProcessorCall, cardProcessorChannel } from "./client.ts";
import { contract, SERVICE } from "./wire/contract.ts";

/**
 * Asks the processor for its own contract, to be compared with ours. A server without reflection has none.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export async function* serverContract({ client, signal }: CardProcessorCall): AsyncGenerator<ContractMessage> {
  const { methods } = contract;
  const fields = await client.call(
    {
      via: cardProcessorChannel,
      name: "reflection",
      isRead: true,
      run: (channel, limits) => readServerShape(channel, { service: SERVICE, methods }, limits),
    },
    signal,
  );
  const pinned = contractShape(contract, methods);
  if (fields !== undefined) yield { type: "contract", subject: SERVICE, fields, pinned };
}
