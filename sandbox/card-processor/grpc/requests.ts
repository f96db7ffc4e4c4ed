import { fromBinary, toJson } from "@bufbuild/protobuf";
import { z } from "zod";
import { messageNamed } from "../wire/contract.ts";
import type { ListQuery } from "./pages.ts";
import { CallError } from "./status.ts";

const MAX_IDS = 100;

const listRequest = z.object({
  pageSize: z.int().default(0),
  pageToken: z.string().default(""),
  updatedSince: z.iso.datetime({ precision: null }).optional(),
  settlementId: z.string().default(""),
});
const ids = z.array(z.string()).max(MAX_IDS).default([]);
const batchRequest = z.object({ ids, authorizationIds: ids });
const streamRequest = z.object({ resumeToken: z.string().default("") });

export function readListRequest(bytes: Uint8Array): ListQuery {
  const { updatedSince, ...query } = read("ListRequest", listRequest, bytes);
  return { ...query, sinceMs: updatedSince === undefined ? undefined : Math.ceil(Date.parse(updatedSince)) };
}

/** A parsed `BatchGetRequest`. */
export type BatchQuery = z.infer<typeof batchRequest>;

export function readBatchRequest(bytes: Uint8Array): BatchQuery {
  return read("BatchGetRequest", batchRequest, bytes);
}

export function readResumeToken(bytes: Uint8Array): string {
  return read("StreamChangesRequest", streamRequest, bytes).resumeToken;
}

function read<T>(name: string, schema: z.ZodType<T>, bytes: Uint8Array): T {
  const message = messageNamed(name);
  try {
    return schema.parse(toJson(message, fromBinary(message, bytes)));
  } catch (reason) {
    const detail = reason instanceof z.ZodError ? z.prettifyError(reason) : "the bytes are not such a message";
    throw new CallError("INVALID_ARGUMENT", `${name}: ${detail}`);
  }
}
