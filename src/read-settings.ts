import { type Config, ConfigError, loadConfig } from "./config.ts";

/** Reads the settings. Undefined if they are wrong: then all mistakes are on standard error. */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): Config | undefined {
  try {
    return loadConfig(environment);
  } catch (reason) {
    if (!(reason instanceof ConfigError)) throw reason;
    process.stderr.write(`sluice: ${reason.message}\n`);
    return undefined;
  }
}
