import type { UpstreamClient, UpstreamResponse } from "../../src/connector-api/client.ts";
import { readJson } from "../../src/protocols/rest/read-json.ts";
import type { ExampleNameConfig } from "./config.ts";

/** Parameters of a call. */
export interface ExampleNameCall {
  readonly config: ExampleNameConfig;
  readonly client: UpstreamClient;
  readonly signal: AbortSignal;
}

export interface ExampleNameAnswer {
  readonly response: UpstreamResponse;
  readonly json: unknown;
}

/**
 * Sends one GET request. Retries, pauses and limits are implemented around the client; a connector has none of its own.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export async function exampleNameGet(
  { config, client, signal }: ExampleNameCall,
  path: string,
  acceptStatus: readonly number[] = [],
): Promise<ExampleNameAnswer> {
  const headers = { accept: "application/json", authorization: `Bearer ${config.apiKey}` };
  const response = await client.send({ method: "GET", path, headers, acceptStatus, expect: "json" }, signal);
  return { response, json: readJson(response) };
}
