/** Yields the JSON of each `next` event of a stream of server-sent events, until `complete` or the end of the stream. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<unknown> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const chunk of body) {
    text += decoder.decode(chunk, { stream: true });
    const events = text.split(/\r?\n\r?\n/);
    text = events.pop() ?? "";
    for (const event of events) {
      const lines = event.split(/\r?\n/);
      if (lines.includes("event: complete")) return;
      const data = lines.filter((line) => line.startsWith("data:")).map((line) => line.slice("data:".length).trim());
      if (data.length > 0 && data.join("") !== "") yield JSON.parse(data.join("\n"));
    }
  }
}
