import { LRUCache } from "lru-cache";
import { type SpanOptions, tracedPart } from "../runtime/tracing.ts";

/** Texts whose names are known: those of lists differ by their filters. */
const MAX_TEXTS = 1_000;
/** Longest text in a span: backends cut or refuse more. */
const MAX_CHARACTERS = 2_000;

const spans = new LRUCache<string, SpanOptions>({ max: MAX_TEXTS });

/**
 * Runs a statement of a transaction in a span, if it is part of an operation or of other work that has one. Values are
 * parameters, which no span has.
 */
export function traceStatement<T>(text: string, run: () => Promise<T>): Promise<T> {
  return tracedPart(() => spanOf(text), run);
}

function spanOf(text: string): SpanOptions {
  let span = spans.get(text);
  if (span === undefined) spans.set(text, (span = describe(text)));
  return span;
}

/** What a statement does to its first table: `SELECT payments`. Source: OpenTelemetry, "Database client spans". */
function describe(text: string): SpanOptions {
  const plain = text.replace(/\s+/g, " ").trim();
  const written =
    /\b(insert) into (?:sluice\.)?(\w+)|(?<!\bfor )\b(update) (?:only )?(?:sluice\.)?(\w+)|\b(delete) from (\w+)/i.exec(
      plain,
    );
  const [verb = plain.split(" ", 1)[0] ?? "", table] = written?.slice(1).filter((part) => part !== undefined) ?? [
    "select",
    tableRead(plain),
  ];
  const operation = plain.startsWith("commit") ? "COMMIT" : verb.toUpperCase();
  const summary = table === undefined || operation === "COMMIT" ? operation : `${operation} ${table}`;
  return {
    name: summary,
    kind: "CLIENT",
    attributes: {
      "db.system.name": "postgresql",
      "db.operation.name": operation,
      "db.query.summary": summary,
      "db.query.text": plain.length > MAX_CHARACTERS ? `${plain.slice(0, MAX_CHARACTERS)}…` : plain,
      ...(table !== undefined && operation !== "COMMIT" && { "db.collection.name": table }),
    },
  };
}

function tableRead(text: string): string | undefined {
  return /\bfrom (?:sluice\.)?([a-z]\w*)/i.exec(text)?.[1];
}
