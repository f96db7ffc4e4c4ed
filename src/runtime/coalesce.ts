/**
 * Runs `work` on request, one run at a time; any number of requests during a run cause one more run after it. Never
 * rejects: `work` must not reject either.
 */
export function coalesce(work: () => Promise<void>): { ask(): void; idle(): Promise<void> } {
  let running: Promise<void> | undefined;
  let again = false;
  async function run(): Promise<void> {
    do {
      again = false;
      await work();
    } while (again);
  }
  return {
    ask() {
      again = true;
      running ??= run().finally(() => {
        running = undefined;
      });
    },
    idle: async () => {
      await running;
    },
  };
}
