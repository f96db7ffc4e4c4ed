import { type Config, ConfigError, type FileConfig, loadConfig, loadSettingsFile } from "./config.ts";

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

/** Returns a function that reads the settings file as it is at each call. It throws a ConfigError with all mistakes. */
export function rereadFile(environment: Readonly<Record<string, string | undefined>>): () => FileConfig {
  return () => loadSettingsFile(environment);
}
