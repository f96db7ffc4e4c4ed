import { connectSource } from "./connect-source.ts";
import { disconnectSource } from "./disconnect-source.ts";
import type { ConnectedSources, ConnectedSourcesOptions } from "./requests.ts";
import { updateSource } from "./update-source.ts";

/** Creates the operations on sources that are connected while the service runs. */
export function createConnectedSources(options: ConnectedSourcesOptions): ConnectedSources {
  return {
    connect: (tenantId, request, signal) => connectSource(options, tenantId, request, signal),
    update: (tenantId, sourceId, change, signal) => updateSource(options, { tenantId, sourceId, change, signal }),
    disconnect: (tenantId, sourceId, data) => disconnectSource(options, tenantId, sourceId, data),
  };
}
