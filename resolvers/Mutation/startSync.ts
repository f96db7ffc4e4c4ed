import type { MutationResolvers } from "../__generated__/types.ts";
import { inputError, MAX_LIST_VALUES } from "../input-error.ts";
import { requireFound } from "../require-found.ts";
import { requireScope } from "../require-scope.ts";

const MAX_KEY_LENGTH = 200;

export const startSync: NonNullable<MutationResolvers["startSync"]> = async (_root, { input }, context) => {
  const { principal, loaders, useCases, cursors } = context;
  requireScope(principal, "sync");
  const { runId, eventSeq } = await useCases.startSync(principal.tenantId, input.sourceId, {
    streams: validStreams(input.streams),
    mode: input.mode ?? "INCREMENTAL",
    range: input.range ?? undefined,
    idempotencyKey: validKey(input.idempotencyKey),
  });
  return {
    run: requireFound(await loaders.syncRunById.load(runId), "run"),
    cursor: cursors.encodeEventCursor(principal.tenantId, eventSeq),
  };
};

function validStreams(streams: readonly string[] | null | undefined): readonly string[] | undefined {
  if (streams === null || streams === undefined) return undefined;
  if (streams.length <= MAX_LIST_VALUES) return streams;
  throw inputError("input.streams", `takes ${MAX_LIST_VALUES} names at most, got ${streams.length}`);
}

function validKey(key: string | null | undefined): string | undefined {
  if (key === null || key === undefined) return undefined;
  const length = key.length;
  if (length < 1 || length > MAX_KEY_LENGTH) {
    throw inputError("input.idempotencyKey", `must have 1 to ${MAX_KEY_LENGTH} characters, got ${length}`);
  }
  if (key.includes("\0")) throw inputError("input.idempotencyKey", "must not contain the character U+0000");
  return key;
}
