import pg from "pg";
import { ServiceError } from "./domain/error.ts";

/** What was opened, to be closed in the opposite order. */
export interface Closers {
  add(close: () => Promise<unknown>): void;
  /** Closes everything that was added, one after the other; a failure is told and holds up nothing. */
  close(): Promise<void>;
}

export function createClosers(onFailure: (reason: unknown) => void): Closers {
  const open: (() => Promise<unknown>)[] = [];
  return {
    add: (close) => void open.push(close),
    async close() {
      for (let close = open.pop(); close !== undefined; close = open.pop()) await close().catch(onFailure);
    },
  };
}

/** Why the service could not start, in one sentence that says what to do. */
export function startupSentence(
  reason: unknown,
  settings: { readonly host: string; readonly port: number; readonly dataDir: string },
): string {
  const code = typeof reason === "object" && reason !== null && "code" in reason ? reason.code : undefined;
  if (code === "EADDRINUSE") {
    return `port ${settings.port} at ${settings.host} is taken; set PORT to another one, or to 0 for a free one`;
  }
  if (code === "EACCES" && isListen(reason))
    return `port ${settings.port} at ${settings.host} needs rights that this user lacks; set PORT to one above 1023`;
  if (code === "EADDRNOTAVAIL") return `this machine has no address ${settings.host}; set HOST`;
  if (code === "EACCES" || code === "EROFS" || code === "ENOTDIR" || code === "ENOSPC") {
    return `the folder DATA_DIR (${settings.dataDir}) can't be written: ${String(code)}`;
  }
  const refused = refusedByServer(reason);
  if (refused !== undefined) return refused;
  // For whoever runs it, so with the detail that clients never see.
  if (reason instanceof ServiceError) return reason.message.replace(/^\[\w+\] /, "");
  return "could not start; the log line before this one says why";
}

/** SQLSTATE classes that tell of a wrong setting, not of a bug. Source: PostgreSQL manual, appendix A. */
function refusedByServer(reason: unknown): string | undefined {
  const cause = reason instanceof ServiceError ? reason.cause : undefined;
  if (!(cause instanceof pg.DatabaseError)) return undefined;
  if (cause.code === "42501") {
    return `the role of DATABASE_URL lacks a right: ${cause.message}; it must be able to create schemas and roles, or be granted the role sluice_app`;
  }
  if (/^(28|3D)/.test(cause.code ?? "")) return `the server refuses DATABASE_URL: ${cause.message}`;
  return undefined;
}

function isListen(reason: unknown): boolean {
  return typeof reason === "object" && reason !== null && "syscall" in reason && reason.syscall === "listen";
}
