import { expect, test } from "@jest/globals";
import fc from "fast-check";
import type { Writable } from "node:stream";
import * as ws from "ws";
import { textFrames } from "./text-frames.ts";

/** Part of ws that its types leave out. */
const { Receiver } = ws as unknown as { readonly Receiver: new (options: { isServer: boolean }) => Writable };

/** Reads messages as a client does that ws implements. */
async function read(frames: Buffer, count: number): Promise<string[]> {
  const messages: string[] = [];
  const receiver = new Receiver({ isServer: false });
  const all = Promise.withResolvers<void>();
  receiver.on("error", all.reject);
  receiver.on("message", (data: Buffer, isBinary: boolean) => {
    messages.push(isBinary ? "binary" : data.toString());
    if (messages.length === count) all.resolve();
  });
  receiver.write(frames);
  await all.promise;
  return messages;
}

test("a client reads the same texts, whatever their length and number of parts", async () => {
  const parts = fc.array(fc.string({ unit: "binary", maxLength: 100 }), { minLength: 1, maxLength: 3 });
  await fc.assert(
    fc.asyncProperty(fc.array(parts, { minLength: 1, maxLength: 10 }), async (messages) => {
      const bytes = messages.map((some) => some.map((part) => Buffer.from(part)));
      const texts = bytes.map((some) => Buffer.concat(some).toString());
      expect(await read(textFrames(bytes), messages.length)).toEqual(texts);
    }),
  );
});

test.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
  "a text of %d bytes has the head of its length",
  async (length) => {
    const text = "x".repeat(length);
    expect(await read(textFrames([[Buffer.from(text)], [Buffer.from("next")]]), 2)).toEqual([text, "next"]);
  },
);
