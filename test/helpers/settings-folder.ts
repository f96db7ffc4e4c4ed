import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Config, ConfigError, loadConfig } from "../../src/config.ts";

/** Settings of one stripe source, whose key is the variable STRIPE_KEY. */
export const ONE_SOURCE = `
tenants: [acme]
sources:
  - id: stripe-main
    tenant: acme
    connector: stripe
    config: { apiKey: "\${STRIPE_KEY}" }
`;

/** A temporary folder for settings files. At the end of its scope it is removed. */
export interface SettingsFolder extends Disposable {
  readonly path: string;
  /** Reads the settings of this environment, and of a settings file with this content. */
  load(environment: Record<string, string>, yaml?: string): Config;
  /** Mistakes in them, as `path: what is expected`. */
  issuesOf(environment: Record<string, string>, yaml?: string): string[];
}

export function useSettingsFolder(): SettingsFolder {
  const path = mkdtempSync(join(tmpdir(), "sluice-config-"));
  const load: SettingsFolder["load"] = (environment, yaml) => {
    const file = join(path, "sluice.yaml");
    if (yaml !== undefined) writeFileSync(file, yaml);
    return loadConfig({ ...(yaml !== undefined && { SLUICE_CONFIG: file }), ...environment });
  };
  const issuesOf: SettingsFolder["issuesOf"] = (environment, yaml) => {
    try {
      load(environment, yaml);
    } catch (reason) {
      if (reason instanceof ConfigError) return reason.issues.map((issue) => `${issue.path}: ${issue.expected}`);
      throw reason;
    }
    return [];
  };
  return { path, load, issuesOf, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}
