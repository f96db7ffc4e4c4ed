/** Result of one check: passed, not applicable with the reason, or failed with the problem. */
export type Result =
  | { readonly kind: "passed" }
  | { readonly kind: "none"; readonly reason: string }
  | { readonly kind: "failed"; readonly problem: string };

/** Results by check and by the tool that was checked. */
export interface Matrix {
  /** Runs a check, whose failure is a result too. */
  check(row: string, column: string, work: () => Promise<unknown>): Promise<void>;
  notApplicable(row: string, column: string, reason: string): void;
  print(write: (text: string) => void): void;
  readonly failures: number;
}

const SIGNS = { passed: "ok", none: "-", failed: "FAILED" } as const;

export function createMatrix(): Matrix {
  const results = new Map<string, Map<string, Result>>();
  function put(row: string, column: string, result: Result): void {
    const columns = results.get(row) ?? new Map<string, Result>();
    results.set(row, columns.set(column, result));
  }
  const all = () => [...results].flatMap(([row, columns]) => [...columns].map((entry) => [row, ...entry] as const));
  return {
    async check(row, column, work) {
      try {
        await work();
        put(row, column, { kind: "passed" });
      } catch (reason) {
        put(row, column, { kind: "failed", problem: reason instanceof Error ? reason.message : String(reason) });
      }
    },
    notApplicable: (row, column, reason) => put(row, column, { kind: "none", reason }),
    print(write) {
      for (const [row, columns] of results) {
        write(`${row}\n`);
        for (const [column, result] of columns) {
          const more = result.kind === "none" ? ` (${result.reason})` : "";
          write(`  ${SIGNS[result.kind].padEnd(7)}${column}${more}\n`);
        }
      }
      for (const [row, column, result] of all()) {
        if (result.kind === "failed") write(`\n${row}, ${column}:\n${result.problem.slice(0, 2_000)}\n`);
      }
    },
    get failures() {
      return all().filter(([, , { kind }]) => kind === "failed").length;
    },
  };
}
