import type { ServerResponse } from "node:http";
import { z } from "zod";
import { sendJson } from "./send-json.ts";

/** Says what is wrong with the body of a call of the control API. Throws what is no fault of the caller. */
export function refuseCall(response: ServerResponse, reason: unknown): void {
  if (!(reason instanceof z.ZodError) && !(reason instanceof SyntaxError)) throw reason;
  const message = reason instanceof z.ZodError ? z.prettifyError(reason) : `the body is not JSON: ${reason.message}`;
  sendJson(response, 400, { error: { message } });
}
