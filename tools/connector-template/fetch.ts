import type { FetchManyInput } from "../../src/connector-api/connector.ts";
import type { ObjectMessage } from "../../src/connector-api/messages.ts";
import { ServiceError } from "../../src/domain/error.ts";
import { FINALITY } from "../../src/domain/version.ts";
import { observedVersion } from "../../src/protocols/rest/observed.ts";
import { exampleNameGet } from "./client.ts";
import type { ExampleNameConfig } from "./config.ts";
import { messageOf } from "./messages.ts";

/** The current state of each payment; one that does not exist is a tombstone. */
export async function fetchPayments(input: FetchManyInput<ExampleNameConfig>): Promise<readonly ObjectMessage[]> {
  if (input.entity !== "Payment") throw new ServiceError("INVALID_INPUT", `a ${input.entity} cannot be fetched by id`);
  return await Promise.all(input.externalIds.map((externalId) => fetchPayment(input, externalId)));
}

async function fetchPayment(input: FetchManyInput<ExampleNameConfig>, externalId: string): Promise<ObjectMessage> {
  const { response, json } = await exampleNameGet(input, `/v1/payments/${encodeURIComponent(externalId)}`, [404]);
  const raw = { payload: { bytes: response.body, mediaType: "application/json" }, path: "" };
  if (response.status !== 404) return messageOf(json, raw);
  const version = { ...observedVersion(response), finality: FINALITY.ordinary };
  return { type: "tombstone", entity: "Payment", externalId, version, raw };
}
