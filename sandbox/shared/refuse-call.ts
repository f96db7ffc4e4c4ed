import type { ServerResponse } from "node:http";
import { z } from "zod";
import { sendJson } from "./send-json.ts";

/** Responds with the errors in the body of a call of the control API. Rethrows errors that the caller did not cause. */
export function refuseCall(response: ServerResponse, reason: unknown): void {
  if (!(reason instanceof z.ZodError) && !(reason instanceof SyntaxError)) throw reason;
  const message = reason instanceof z.ZodError ? z.prettifyError(reason) : `the body is not JSON: ${reason.message}`;
  sendJson(response, 400, { error: { message } });
}
