import type { MetricRequest } from "../src/graph/loaders/models.ts";
import type { QueryMetricsArgs, QueryResolvers } from "./__generated__/types.ts";
import { inputError } from "./input-error.ts";

const MINUTE_S = 60;
const MAX_POINTS = 1_500;

export const metrics: NonNullable<QueryResolvers["metrics"]> = (_root, args, { loaders }) =>
  loaders.metrics.load(requestOf(args));

/** @throws ServiceError INVALID_INPUT naming the argument */
function requestOf({ sourceId, names, from, to, step }: QueryMetricsArgs): MetricRequest {
  const end = to ?? new Date().toISOString();
  const stepSeconds = step ?? MINUTE_S;
  if (stepSeconds < MINUTE_S || stepSeconds % MINUTE_S !== 0)
    throw inputError("step", `must be a multiple of ${MINUTE_S} seconds, got ${stepSeconds}`);
  const seconds = (Date.parse(end) - Date.parse(from)) / 1_000;
  if (seconds <= 0) throw inputError("to", `must be later than \`from\`, got ${end}`);
  const points = Math.ceil(seconds / stepSeconds);
  if (points > MAX_POINTS)
    throw inputError("step", `must leave at most ${MAX_POINTS} periods between \`from\` and \`to\`, got ${points}`);
  return { sourceId, names: [...new Set(names)], from, to: end, stepSeconds };
}
