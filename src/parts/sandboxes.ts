import type { SourceConfig } from "../config.ts";
import { connectors } from "../connectors/registry.generated.ts";
import { type DemoSandboxes, type DemoSource, startSandboxes } from "../demo/sandboxes.ts";
import type { Part } from "../runtime/parts.ts";
import type { Base } from "./base.ts";

interface Sandboxes {
  /** Undefined without the demo. */
  readonly sandboxes: DemoSandboxes | undefined;
  /** Sources of the settings file, or those that read the sandboxes. */
  readonly sourceConfigs: readonly SourceConfig[];
}

/** The only tenant of the demo. */
export const DEMO_TENANT = "demo";
const SCHEDULE_MS = 15_000;

/** The simulated systems that the demo reads; without the demo none. */
export const part: Part<Base, Sandboxes> = {
  name: "sandboxes",
  async start({ config }) {
    if (!config.demo) return { sandboxes: undefined, sourceConfigs: config.sources };
    const sandboxes = await startSandboxes(config.dataDir, { payments: config.demoPayments });
    return { sandboxes, sourceConfigs: sandboxes.sources.map(sourceConfigOf) };
  },
  close: async ({ sandboxes }) => sandboxes?.close(),
  describe: ({ sandboxes }) =>
    sandboxes === undefined
      ? "no sandboxes: there is a settings file"
      : `sandboxes of ${sandboxes.sources.map(({ connector }) => connector).join(", ")}`,
};

function sourceConfigOf({ id, connector, config }: DemoSource): SourceConfig {
  return {
    id,
    tenantId: DEMO_TENANT,
    connector,
    config: connectors[connector]?.config.parse(config),
    scheduleMs: SCHEDULE_MS,
    budget: undefined,
    networks: [],
  };
}
