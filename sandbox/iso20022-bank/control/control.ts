import type { Handler } from "../../shared/listen.ts";
import { readBody } from "../../shared/read-body.ts";
import { refuseCall } from "../../shared/refuse-call.ts";
import { sendJson } from "../../shared/send-json.ts";
import { sendLines } from "../../shared/send-lines.ts";
import { CONTROL_ROUTES, type ControlOptions } from "./control-routes.ts";

/** Handler of everything below `/_sandbox/`. */
export function createControl(options: ControlOptions): Handler {
  return async (request, response) => {
    const url = new URL(request.url ?? "/", "http://sandbox");
    const route = CONTROL_ROUTES.get(`${request.method ?? "GET"} ${url.pathname.replace("/_sandbox/", "")}`);
    if (route === undefined) {
      sendJson(response, 404, { error: { message: "no such path" } });
      return;
    }
    try {
      const text = await readBody(request);
      const body: unknown = text ? JSON.parse(text) : {};
      const answer = await route(options, { query: url.searchParams, body });
      if (answer === undefined) sendJson(response, 404, { error: { message: "this bank has no company" } });
      else if ("json" in answer) sendJson(response, 200, answer.json);
      else await sendLines(response, answer.lines);
    } catch (reason) {
      refuseCall(response, reason);
    }
  };
}
