import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { readBody } from "../../shared/read-body.ts";
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
      const answer = await route?.(options, { id: id ?? "", query: url.searchParams, body });
      await write(response, answer);
    } catch (reason) {
      if (!(reason instanceof z.ZodError) && !(reason instanceof SyntaxError)) throw reason;
      const message =
        reason instanceof z.ZodError ? z.prettifyError(reason) : `the body is not JSON: ${reason.message}`;
      writeText(response, 400, JSON.stringify({ error: { message } }));
    }
  };
}

async function write(response: ServerResponse, answer: ControlAnswer): Promise<void> {
  if (answer === undefined) {
    writeText(response, 404, JSON.stringify({ error: { message: "no such path or object" } }));
  } else if ("json" in answer) writeText(response, 200, JSON.stringify(answer.json));
  else if ("text" in answer) writeText(response, 200, answer.text);
  else await writeLines(response, answer.lines);
}

function writeText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(text) });
  response.end(text);
}

/** Streams lines, some hundred at a time, no faster than the reader takes them. */
async function writeLines(response: ServerResponse, lines: Iterable<string>): Promise<void> {
  response.writeHead(200, { "Content-Type": "application/x-ndjson" });
  let batch = "";
  for (const line of lines) {
    batch += `${line}\n`;
    if (batch.length < 256 * 1024) continue;
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
