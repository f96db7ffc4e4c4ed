import { severityOfDiagnosis } from "../src/domain/severity.ts";
import type {
  DiagnosisEvidenceResolvers,
  DiagnosisResolvers,
  OverviewResolvers,
  QueryResolvers,
  RemedyMutationResolvers,
  SourceHealthResolvers,
} from "./__generated__/types.ts";
import { inputError } from "./input-error.ts";
import { loadNode } from "./load-node.ts";

const timeOf = (ms: number): string => new Date(ms).toISOString();

export const SourceHealth: SourceHealthResolvers = {
  since: ({ sinceMs }) => timeOf(sinceMs),
};

export const Diagnosis: DiagnosisResolvers = {
  severity: ({ rule, state }) => severityOfDiagnosis(rule, state),
  since: ({ sinceMs }) => timeOf(sinceMs),
  expectedRecoveryAt: ({ recoveryMs }) => (recoveryMs === null ? null : timeOf(recoveryMs)),
};

/** Kinds of rows whose `id` is a name within their source: that of a stream, for example. */
const WITHOUT_OBJECT: ReadonlySet<string> = new Set(["STREAM", "BUDGET", "PROCESS"]);

export const DiagnosisEvidence: DiagnosisEvidenceResolvers = {
  node: ({ kind, id }, _args, context) => (id === null || WITHOUT_OBJECT.has(kind) ? null : loadNode(context, { id })),
};

export const RemedyMutation: RemedyMutationResolvers = {
  arguments: (mutation) => JSON.stringify(mutation.arguments),
};

/** The parts of the overview are loaded by its fields. */
export const overview: NonNullable<QueryResolvers["overview"]> = () => ({ atMs: Date.now() });

export const Overview: OverviewResolvers = {
  at: ({ atMs }) => timeOf(atMs),
  sources: (_overview, _args, { loaders }) => loaders.healthCounts.load("counts"),
  worst: async (_overview, { first }, { loaders }) => {
    const ids = await loaders.worstSources.load(requireLimit("worst", first));
    const found = await Promise.all(ids.map((id) => loaders.sourceById.load(id)));
    return found.filter((source) => source !== undefined);
  },
  findings: async (_overview, { first }, { loaders }) => {
    const ids = await loaders.oldestFindings.load(requireLimit("findings", first));
    const found = await Promise.all(ids.map((id) => loaders.findingById.load(id)));
    return found.filter((finding) => finding !== undefined);
  },
  throughput: (_overview, _args, { loaders }) => loaders.throughput.load("hour"),
};

const MAX_FIRST = 100;

/** @throws ServiceError INVALID_INPUT */
function requireLimit(field: string, first: number | null | undefined): number {
  const limit = first ?? 10;
  if (limit >= 1 && limit <= MAX_FIRST) return limit;
  throw inputError(`${field}.first`, `must be between 1 and ${MAX_FIRST}, got ${limit}`);
}
