import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import type { Handler } from "../../shared/listen.ts";
import { sendJson } from "../../shared/send-json.ts";
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
      const text = await readText(request);
      const body: unknown = text === "" ? {} : JSON.parse(text);
      const answer = await route(options, { query: url.searchParams, body });
      if ("json" in answer) sendJson(response, 200, answer.json);
      else await sendLines(response, answer.lines);
    } catch (reason) {
      if (!(reason instanceof z.ZodError) && !(reason instanceof SyntaxError)) throw reason;
      const message =
        reason instanceof z.ZodError ? z.prettifyError(reason) : `the body is not JSON: ${reason.message}`;
      sendJson(response, 400, { error: { message } });
    }
  };
}

async function readText(request: IncomingMessage): Promise<string> {
  let text = "";
  for await (const chunk of request.setEncoding("utf8")) text += String(chunk);
  return text;
}

const BATCH_CHARACTERS = 256 * 1024;

/** Streams lines no faster than the reader takes them. */
async function sendLines(response: ServerResponse, lines: Iterable<string>): Promise<void> {
  response.writeHead(200, { "Content-Type": "application/x-ndjson" });
  let batch = "";
  for (const line of lines) {
    batch += `${line}\n`;
    if (batch.length < BATCH_CHARACTERS) continue;
    if (!response.write(batch)) {
      await new Promise<void>((resolve) => {
        response.once("drain", resolve);
        response.once("close", resolve);
      });
    }
    if (response.destroyed) return;
    batch = "";
  }
  response.end(batch);
}
