import { CamtRefused } from "../camt.ts";
import { createDecoder } from "../xml/decode.ts";
import { createXmlReader } from "../xml/xml-reader.ts";
import { MessageHandler } from "./message-handler.ts";
import { Outbox, type WireEvent } from "./outbox.ts";

/** A file that is being read. */
export interface MessageParser {
  /** Returns the events of the bytes so far. @throws CamtRefused */
  write(bytes: Uint8Array): readonly WireEvent[];
  /** Returns the remaining events. @throws CamtRefused also if the file is not complete */
  end(): readonly WireEvent[];
}

export interface MessageParserOptions {
  /** False: entries are validated and summed, but not emitted. */
  readonly entries: boolean;
}

/** Reads one file, synchronously. */
export function createMessageParser({ entries }: MessageParserOptions): MessageParser {
  const decoder = createDecoder();
  const outbox = new Outbox();
  const message = new MessageHandler(entries, outbox);
  const xml = createXmlReader(message);
  let isBlank = true;
  const feed = (text: string): void => {
    if (isBlank && /[^ \t\r\n]/.test(text)) isBlank = false;
    if (text !== "") xml.write(text);
  };
  const step = (work: () => void): readonly WireEvent[] => {
    try {
      work();
      return outbox.take();
    } catch (reason) {
      if (!(reason instanceof CamtRefused) || reason.position !== undefined) throw reason;
      throw new CamtRefused(reason.refusal, reason.message, xml.position);
    }
  };
  return {
    write: (bytes) => step(() => feed(decoder.write(bytes))),
    end: () =>
      step(() => {
        feed(decoder.end());
        if (isBlank) throw new CamtRefused("EMPTY", "the file is empty");
        xml.end();
        message.end();
      }),
  };
}
