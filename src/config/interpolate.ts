import { readFileSync, statSync } from "node:fs";
import { isAbsolute } from "node:path";
import type { ConfigIssue } from "./issue.ts";

export interface Interpolation {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Names of all variables that were found. */
  readonly variables: Set<string>;
  readonly issues: ConfigIssue[];
}

interface Context extends Interpolation {
  /** What was read of each file: thousands of sources may refer to the same one. */
  readonly files: Map<string, ReadFile>;
}

/** Content of a file without the newline at its end, or the end of the sentence that says why there is none. */
type ReadFile = { readonly text: string } | { readonly fault: string };

/** A secret has some hundred bytes, a chain of certificates some thousand. */
const MAX_FILE_BYTES = 64 * 1024;

/**
 * Replaces `${NAME}` in every text by the value of that environment variable, and `${file:/path}` by the content of
 * that file, without the newline at its end. One that is not set or cannot be read is a mistake at the path of the
 * text, without any part of the content.
 */
export function interpolate(value: unknown, context: Interpolation): unknown {
  return replaceIn(value, "", { ...context, files: new Map() });
}

/** A value may be anything, also the text of another reference: it is not looked at again. */
const REFERENCE = /\$\{(?:file:([^}]*)|([A-Za-z_][A-Za-z0-9_]*))\}/g;

function replaceIn(value: unknown, path: string, context: Context): unknown {
  if (typeof value === "string")
    return value.replace(REFERENCE, (_, file: string | undefined, name: string | undefined) =>
      name === undefined ? fromFile(file ?? "", path, context) : fromEnvironment(name, path, context),
    );
  if (Array.isArray(value)) return value.map((item, index) => replaceIn(item, `${path}[${index}]`, context));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, replaceIn(inner, path === "" ? key : `${path}.${key}`, context)]),
  );
}

function fromEnvironment(name: string, path: string, { environment, variables, issues }: Context): string {
  const found = environment[name];
  variables.add(name);
  if (found === undefined)
    issues.push({ path, expected: `must have the environment variable ${name}, which is not set` });
  return found ?? "";
}

function fromFile(file: string, path: string, { files, issues }: Context): string {
  const read = files.get(file) ?? readReferred(file);
  files.set(file, read);
  if ("text" in read) return read.text;
  issues.push({ path, expected: `must refer to a file that can be read: ${read.fault}` });
  return "";
}

function readReferred(file: string): ReadFile {
  if (!isAbsolute(file)) return { fault: `"${file}" is not an absolute path` };
  try {
    const { size, isRegular } = lookAt(file);
    // A pipe or a device might never end.
    if (!isRegular) return { fault: `${file} is not a regular file` };
    if (size > MAX_FILE_BYTES) return { fault: `${file} has more than ${MAX_FILE_BYTES} bytes` };
    const bytes = readFileSync(file);
    if (bytes.length > MAX_FILE_BYTES) return { fault: `${file} has more than ${MAX_FILE_BYTES} bytes` };
    return { text: new TextDecoder("utf-8", { fatal: true }).decode(bytes).replace(/\r?\n$/, "") };
  } catch (reason) {
    return { fault: `${file}: ${faultOf(reason)}` };
  }
}

function lookAt(file: string): { readonly size: number; readonly isRegular: boolean } {
  const found = statSync(file); // follows the links by which Kubernetes replaces a mounted secret
  return { size: found.size, isRegular: found.isFile() };
}

/** The code of a system error; its message could change with the version of Node. */
function faultOf(reason: unknown): string {
  const code = typeof reason === "object" && reason !== null && "code" in reason ? String(reason.code) : "unknown";
  return code === "ERR_ENCODING_INVALID_ENCODED_DATA" ? "it is not UTF-8 text" : code;
}
