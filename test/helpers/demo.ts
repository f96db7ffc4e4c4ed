/** Findings that the demo's scripted faults open: docs/graph.md, "What the demo shows". */
export const SCRIPTED_FINDINGS: readonly string[] = ["STATEMENT_NOT_CLOSED", "STATEMENT_RESTATED"];

/** Lines in which the service complains, without the one about the delivery that the demo has parked on purpose. */
export function complaintsIn(output: string): string[] {
  const lines = output.split("\n").filter((line) => /warn|deprecat|"level":[45]0/i.test(line));
  return lines.filter((line) => !/"sourceId":"stripe-demo","parked":1,"msg":"deliveries were parked"/.test(line));
}

/**
 * The output of a second demo in the data folder of a running one: after its first line, one sentence of this form.
 */
export function refusalOf(url: string, pid: number): RegExp {
  const address = url.replaceAll(".", "\\.");
  const sentence = `sluice: .* already runs at ${address} \\(process ${pid}\\): .*DATA_DIR.*`;
  return new RegExp(`^ +\\d+\\.\\d s {2}Sluice \\S+ starts the demo\\n${sentence}\\n$`);
}
