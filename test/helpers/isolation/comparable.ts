import type { GraphAnswer } from "../graph-server.ts";

/** The answer without what differs between two requests. */
export function comparable({ status, data, errors }: GraphAnswer, replaced: Readonly<Record<string, unknown>>): string {
  const text = JSON.stringify({ status, data, errors })
    .replaceAll(/"requestId":"[^"]*"/g, "")
    .replaceAll(NEW, "");
  return textsIn(replaced).reduce((answer, value) => answer.replaceAll(JSON.stringify(value).slice(1, -1), "…"), text);
}

/** What is different for each new run; a run of the test's data has an id that ends in a number. */
const NEW =
  /"cursor":"[^"]*"|"run_(?!\w0{9})[^"]*"|"(?:created|started|finished)At":(?:null|"[^"]*")|"status":"(?:QUEUED|RUNNING|SUCCEEDED)"/g;

function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
