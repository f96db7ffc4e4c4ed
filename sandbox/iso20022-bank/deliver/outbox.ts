import type { Message } from "../plan/message.ts";
import { renderMessage } from "../render/message.ts";
import type { Spool, Spooled } from "./spool.ts";
import { zipOf } from "./zip.ts";

/** A published file, whichever way it was delivered. */
export interface OutboxFile {
  readonly name: string;
  readonly mediaType: "application/xml" | "application/zip";
  /** RFC 3339: when it was published. */
  readonly created: string;
  /** Written when first requested. */
  spooled(): Promise<Spooled>;
}

/** The files of a publication: one for each message, or all of them in one ZIP. */
export function outboxFiles(
  messages: readonly Message[],
  {
    spool,
    created,
    zipName,
    serial,
  }: { readonly spool: Spool; readonly created: string; readonly zipName: string | undefined; readonly serial: number },
): readonly OutboxFile[] {
  if (zipName === undefined) {
    return messages.map((message, index) => ({
      name: message.name,
      mediaType: "application/xml" as const,
      created,
      spooled: () => spool.ensure(`${serial}-${index}`, () => renderMessage(message)),
    }));
  }
  const zip = (): Buffer =>
    zipOf(messages.map((message) => ({ name: message.name, bytes: Buffer.concat([...renderMessage(message)]) })));
  const spooled = (): Promise<Spooled> => spool.ensure(`${serial}-zip`, () => [zip()]);
  return [{ name: zipName, mediaType: "application/zip", created, spooled }];
}
