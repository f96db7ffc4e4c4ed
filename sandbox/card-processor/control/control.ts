import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../../shared/read-body.ts";
import { refuseCall } from "../../shared/refuse-call.ts";
import { sendJson } from "../../shared/send-json.ts";
import { CONTROL_ROUTES, type ControlOptions } from "./routes.ts";

/** Handler of everything below `/_sandbox/`. */
export function createControl(options: ControlOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { pathname, searchParams: query } = new URL(request.url ?? "/", "http://sandbox");
    const [, root, name = "", id = ""] = pathname.split("/");
    const route =
      root === "_sandbox"
        ? CONTROL_ROUTES.get(`${request.method ?? "GET"} ${name}${id === "" ? "" : "/:id"}`)
        : undefined;
    try {
      const text = await readBody(request);
      const answer = await route?.(options, { id, query, body: text ? JSON.parse(text) : {} });
      if (answer === undefined) sendJson(response, 404, { error: { message: "no such path or object" } });
      else sendJson(response, 200, answer);
    } catch (reason) {
      refuseCall(response, reason);
    }
  };
}
