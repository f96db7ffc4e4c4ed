import type { IncomingMessage, ServerResponse } from "node:http";
import { readBody } from "../../shared/read-body.ts";
import { refuseCall } from "../../shared/refuse-call.ts";
import { sendJson, sendJsonText } from "../../shared/send-json.ts";
import { sendLines } from "../../shared/send-lines.ts";
import type { ControlAnswer, ControlOptions } from "./control-route.ts";
import { ROUTES } from "./control-routes.ts";

/** Handler of everything below `/_sandbox/`. */
export function createControl(options: ControlOptions) {
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? "/", "http://sandbox");
    const [, , name = "", id] = url.pathname.split("/");
    const route = ROUTES.get(`${request.method ?? "GET"} ${name}${id === undefined ? "" : "/:id"}`);
    const text = await readBody(request);
    try {
      const body: unknown = text === undefined || text === "" ? undefined : JSON.parse(text);
      const place = placeOf(options, url.searchParams.get("account"));
      const answer = await (place && route?.(place, { id: id ?? "", query: url.searchParams, body }));
      await write(response, answer);
    } catch (reason) {
      refuseCall(response, reason);
    }
  };
}

/** The world that a call concerns: the platform's own, or that of the connected account named in the call. */
function placeOf(options: ControlOptions, id: string | null): ControlOptions | undefined {
  if (id === null) return options;
  const found = options.connected.find(id);
  return (
    found && { ...options, account: found.account, activity: found.activity, idempotencyKeys: found.idempotencyKeys }
  );
}

async function write(response: ServerResponse, answer: ControlAnswer): Promise<void> {
  if (answer === undefined) sendJson(response, 404, { error: { message: "no such path or object" } });
  else if ("json" in answer) sendJson(response, 200, answer.json);
  else if ("text" in answer) sendJsonText(response, 200, answer.text);
  else await sendLines(response, answer.lines);
}
