import { readToken } from "../../graph/token.ts";

/** Deadline of a download: a pack may have gigabytes. */
const TIMEOUT_MS = 1_800_000;

/**
 * Downloads an evidence pack as a file. The token is sent in a header, so a plain link would not do: the browser keeps the
 * bytes, on disk where they are many, and then saves them.
 */
export async function downloadPack(id: string): Promise<void> {
  const token = readToken();
  const response = await fetch(`/evidence/${encodeURIComponent(id)}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    cache: "no-store",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  if (!response.ok) throw new Error(`The pack could not be downloaded: the service answered ${response.status}.`);
  const url = URL.createObjectURL(await response.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = `evidence-${id}.zip`;
  link.click();
  // The browser reads the bytes after the click: they are released in a later turn.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
