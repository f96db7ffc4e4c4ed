import pg from "pg";
import { type Config, ConfigError } from "./config.ts";
import { ServiceError } from "./domain/error.ts";

/** Returns the exit code of a start that failed: 2 for settings that are wrong, as when they are read. */
export function exitCodeOf(reason: unknown): number {
  return reason instanceof ConfigError ? 2 : 1;
}

/**
 * Returns why the service could not start, in one sentence that says what to do, if the settings or the machine are the
 * cause. Undefined: it is a defect of ours, of which the log needs the stack.
 */
export function startFailureSentence(
  reason: unknown,
  settings: Pick<Config, "host" | "port" | "dataDir" | "databaseUrl">,
): string | undefined {
  if (reason instanceof ConfigError) return reason.issues.map(({ path, expected }) => `${path} ${expected}`).join("; ");
  const code = typeof reason === "object" && reason !== null && "code" in reason ? reason.code : undefined;
  if (code === "EADDRINUSE") {
    const [port, name] = failedPort(reason, settings.port);
    return `port ${port} at ${settings.host} is taken; set ${name} to another one, or to 0 for a free one`;
  }
  if (code === "EACCES" && isListen(reason)) {
    const [port, name] = failedPort(reason, settings.port);
    return `port ${port} at ${settings.host} needs rights that this user lacks; set ${name} to one above 1023`;
  }
  if (code === "EADDRNOTAVAIL") return `this machine has no address ${settings.host}; set HOST`;
  if (code === "ENOTFOUND" && isListen(reason))
    return `HOST ${settings.host} has no address; set HOST to an IP address`;
  const full = fullDisk(reason, 0);
  if (full !== undefined) {
    const place = settings.databaseUrl === undefined ? `of DATA_DIR (${settings.dataDir})` : "of DATABASE_URL";
    return `the disk ${place} is full: ${full}`;
  }
  if (code === "EACCES" || code === "EROFS" || code === "ENOTDIR") {
    return `the folder DATA_DIR (${settings.dataDir}) can't be written: ${String(code)}`;
  }
  return refusedByServer(reason) ?? writtenForOperator(reason, settings.databaseUrl);
}

/** Returns the message of the failure that a full disk caused, found along the causes; undefined if there is none. */
function fullDisk(reason: unknown, depth: number): string | undefined {
  if (typeof reason !== "object" || reason === null || depth > 5) return undefined;
  const message = "message" in reason ? String(reason.message).replace(/^\[\w+\] /, "") : "";
  const code = "code" in reason ? reason.code : undefined;
  if (code === "53100" || FULL_DISK.test(`${String(code)} ${message}`)) return message;
  return "cause" in reason ? fullDisk(reason.cause, depth + 1) : undefined;
}

/** Codes of the operating system, and its text in messages of PostgreSQL's programs. */
const FULL_DISK = /\b(ENOSPC|EDQUOT)\b|No space left on device|Disk quota exceeded/;

/** An error of ours whose message, unlike its public one, is written for the operator. */
function writtenForOperator(reason: unknown, databaseUrl: string | undefined): string | undefined {
  if (!(reason instanceof ServiceError)) return undefined;
  if (reason.code === "INTERNAL") return undefined;
  const sentence = reason.message.replace(/^\[\w+\] /, "");
  const isForeign = reason.code === "STORE_UNAVAILABLE" && databaseUrl !== undefined;
  return isForeign ? `the PostgreSQL of DATABASE_URL can't be reached: ${sentence}` : sentence;
}

/** SQLSTATE classes that indicate a wrong setting, not a bug. Source: PostgreSQL manual, appendix A. */
function refusedByServer(reason: unknown): string | undefined {
  const cause = reason instanceof ServiceError ? reason.cause : undefined;
  if (!(cause instanceof pg.DatabaseError)) return undefined;
  if (cause.code === "42501") {
    return `the role of DATABASE_URL lacks a right: ${cause.message}; it must be able to create schemas and roles, or be granted the roles sluice_app and sluice_work`;
  }
  if (/^(28|3D)/.test(cause.code ?? "")) return `the server refuses DATABASE_URL: ${cause.message}`;
  return undefined;
}

/** Returns the port on which the service could not listen, and the setting that it comes from. */
function failedPort(reason: unknown, mainPort: number): readonly [port: number, setting: string] {
  const hasPort = typeof reason === "object" && reason !== null && "port" in reason;
  const port = hasPort && typeof reason.port === "number" ? reason.port : mainPort;
  return [port, port === mainPort ? "PORT" : "METRICS_PORT"];
}

function isListen(reason: unknown): boolean {
  if (typeof reason !== "object" || reason === null || !("syscall" in reason)) return false;
  return reason.syscall === "listen" || reason.syscall === "getaddrinfo";
}
