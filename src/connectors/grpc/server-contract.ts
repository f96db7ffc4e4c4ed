import type { ContractMessage } from "../../connector-api/messages.ts";
import { readServerShape } from "../../protocols/grpc/server-shape.ts";
import { contractShape } from "../../protocols/protobuf/contract-shape.ts";
import { channelKind, type GrpcSourceCall } from "./client.ts";
import type { Plan } from "./plan/plan.ts";
import { contractOfSource } from "./source-plan.ts";

/**
 * Asks the server for its own contract of the services that the streams call, to be compared with ours: of all streams,
 * because a description of a service replaces the previous one. A server without reflection has none.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export async function* serverContracts(
  { client, config, signal }: GrpcSourceCall,
  plan: Plan,
): AsyncGenerator<ContractMessage> {
  const own = await contractOfSource(config, signal);
  const called = [...plan.values()].flatMap(({ list, fetch, watch }) => [list?.method, fetch?.method, watch?.method]);
  const paths = new Set(called.flatMap((method) => method?.path ?? []));
  for (const [service, methods] of Map.groupBy(paths, (path) => path.slice(0, path.indexOf("/")))) {
    const fields = await client.call(
      {
        via: channelKind,
        name: "reflection",
        isRead: true,
        run: (channel, limits) => readServerShape(channel, { service, methods }, limits),
      },
      signal,
    );
    if (fields !== undefined) yield { type: "contract", subject: service, fields, pinned: contractShape(own, methods) };
  }
}
