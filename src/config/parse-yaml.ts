import { CORE_SCHEMA, load, YAMLException } from "js-yaml";

/**
 * Parses YAML 1.2, of which JSON is a part. Not by the package `yaml`, which takes nine times as long and a hundred times
 * the memory of the text: with ten thousand sources, half of the time until the service is ready.
 * @throws Error with the place of the mistake; the text around it, which may be a secret, is left out
 */
export function parseYaml(text: string): unknown {
  try {
    // Copied, because a value of the parser is a part of the text, which is then kept as long as the settings are.
    return structuredClone(load(text, { schema: CORE_SCHEMA }));
  } catch (reason) {
    if (!(reason instanceof YAMLException)) throw reason;
    const { line = 0, column = 0 } = reason.mark ?? {};
    throw new Error(`${reason.reason} at line ${line + 1}, column ${column + 1}`);
  }
}
