import { createReadStream } from "node:fs";
import { request, type IncomingMessage } from "node:http";
import { pipeline } from "node:stream/promises";
import type { OutboxFile } from "./outbox.ts";

/** Response of the receiver. */
export interface PutAnswer {
  readonly status: number;
  readonly body: string;
}

const TIMEOUT_MS = 60_000;

/**
 * Sends a file: `PUT url`, its name in `X-File-Name`. One attempt, whatever the response. Rejects when there is no
 * response within a minute.
 */
export async function putFile(
  file: OutboxFile,
  { url, token }: { readonly url: string; readonly token: string | undefined },
): Promise<PutAnswer> {
  const { path, size } = await file.spooled();
  const call = request(url, {
    method: "PUT",
    headers: {
      "Content-Type": file.mediaType,
      "Content-Length": size,
      "X-File-Name": file.name,
      ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
    },
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    call.once("response", resolve);
    call.once("error", reject);
  });
  // A receiver that rejects early closes the connection: then its response counts, not the fact that the rest was not
  // sent.
  const [answer] = await Promise.all([answered, pipeline(createReadStream(path), call).catch(() => undefined)]);
  let body = "";
  for await (const chunk of answer.setEncoding("utf8")) body += String(chunk);
  return { status: answer.statusCode ?? 0, body };
}
