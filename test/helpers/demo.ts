/** Findings that the demo's scripted faults open: docs/graph.md, "What the demo shows". */
export const SCRIPTED_FINDINGS: readonly string[] = ["STATEMENT_NOT_CLOSED", "STATEMENT_RESTATED"];

/** Lines in which the service complains, without the one about the delivery that the demo has parked on purpose. */
export function complaintsIn(output: string): string[] {
  const lines = output.split("\n").filter((line) => /warn|deprecat|"level":[45]0/i.test(line));
  return lines.filter((line) => !/"sourceId":"stripe-demo","parked":1,"msg":"deliveries were parked"/.test(line));
}
