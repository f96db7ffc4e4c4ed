import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

/** Length from which a text is parsed by a process of its own: some hundred sources. */
const LARGE = 100_000;
const LIMIT_MS = 60_000;
/** Of the document as JSON, which is about as long as the text. */
const MAX_BYTES = 1024 * 1024 * 1024;
const PARSER = fileURLToPath(new URL("parse-yaml-process.ts", import.meta.url));

/**
 * Parses YAML, of which JSON is a part. The parser takes a hundred times the memory of the text, and V8 keeps it: with
 * ten thousand sources, 200 MB for as long as the service runs. So a large file is parsed by a process that then ends.
 * @throws Error with the parser's message
 */
export function parseYaml(text: string): unknown {
  if (text.length < LARGE) return parse(text);
  const { status, stdout } = spawnSync(process.execPath, [PARSER], {
    input: text, // not an argument: it contains secrets
    stdio: ["pipe", "pipe", "ignore"],
    timeout: LIMIT_MS,
    maxBuffer: MAX_BYTES,
  });
  // Whatever went wrong there, a mistake in the file or a missing process, is found here too.
  return status === 0 ? JSON.parse(stdout.toString()) : parse(text);
}
