import bundled from "@sparticuz/chromium";
import { type Browser, chromium } from "playwright-core";

/**
 * Without a sandbox, because tests may run as root. Most of the other arguments that the package proposes put everything
 * into one process, which ends with the first page, or turn the browser's security off, which is tested here.
 */
const ARGUMENTS = [
  "--no-sandbox",
  // No process for graphics, and none of the browser's own calls to its maker.
  "--disable-gpu",
  "--in-process-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/**
 * Starts a real browser, and closes it at the end of the scope: the Chromium of a development dependency where there is
 * one for the platform (Linux on x64), else the installed Chrome.
 */
export async function useBrowser(): Promise<{ readonly browser: Browser } & AsyncDisposable> {
  const isBundled = process.platform === "linux" && process.arch === "x64";
  const browser = await chromium.launch(
    isBundled ? { executablePath: await bundled.executablePath(), args: ARGUMENTS } : { channel: "chrome" },
  );
  return { browser, [Symbol.asyncDispose]: () => browser.close() };
}
