import type { SourceConfig } from "../config.ts";
import { connectors } from "../connectors/registry.generated.ts";
import type { DemoSandboxes, DemoSource } from "../demo/sandboxes.ts";
import type { Part } from "../runtime/parts.ts";
import type { EmbeddedPostgres } from "../store/embedded/embedded-postgres.ts";
import type { Base } from "./base.ts";

interface Needs extends Base {
  readonly embedded: EmbeddedPostgres | undefined;
}

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
export const part: Part<Needs, Sandboxes> = {
  name: "sandboxes",
  async start({ config, embedded }) {
    if (!config.demo) return { sandboxes: undefined, sourceConfigs: config.sources };
    const { startSandboxes } = await import("../demo/sandboxes.ts"); // a service without the demo needs none of it
    const sandboxes = await startSandboxes(config.dataDir, {
      payments: config.demoPayments,
      // no database is created in a server that is not ours
      ...(embedded !== undefined && { databaseServer: embedded.connection }),
    });
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
