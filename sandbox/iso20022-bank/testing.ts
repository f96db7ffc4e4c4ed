import type { RunningSandbox, SandboxOptions } from "../shared/sandbox.ts";
import { callControl } from "../shared/call-control.ts";
import { iso20022BankSandbox } from "./index.ts";
import type { Message } from "./plan/message.ts";
import { planMessages } from "./plan/plan.ts";
import { requestOf } from "./plan/request.ts";
import { renderMessage } from "./render/message.ts";
import { createWorld, type WorldOptions } from "./world/world.ts";

/** The messages of a request to a new bank, by default of seed 1. */
export function messagesOf(
  request: Parameters<typeof requestOf>[0],
  world: Partial<WorldOptions> = {},
): readonly Message[] {
  return planMessages(createWorld({ seed: 1, ...world }), requestOf(request), 1);
}

/** All bytes of a message. */
export const bytesOf = (message: Message): Buffer => Buffer.concat([...renderMessage(message)]);

/** A running bank. Closed by `await using`. */
export interface TestBank extends AsyncDisposable {
  readonly running: RunningSandbox;
  /** Uses the bank's token unless another is given. */
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Response>;
  /** Calls the control API and returns the JSON of its response. Rejects when the call is refused. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
}

export async function useBank(options: Partial<SandboxOptions> = {}): Promise<TestBank> {
  const running = await iso20022BankSandbox.start({ port: 0, seed: 1, payments: 0, ...options });
  return {
    running,
    get: (path, headers = {}) =>
      fetch(running.url + path, { headers: { Authorization: `Bearer ${tokenOf(running)}`, ...headers } }),
    control: (method, path, body) => callControl(running.url, { method, path, body }),
    [Symbol.asyncDispose]: () => running.close(),
  };
}

function tokenOf({ sourceConfig }: RunningSandbox): string {
  const { auth } = sourceConfig;
  if (typeof auth === "object" && auth !== null && "bearer" in auth) return String(auth.bearer);
  throw new TypeError("the source config has no bearer token");
}

/**
 * Returns the first part that is not well-formed; undefined when there is none. Supports only the XML that the renderer
 * writes.
 */
export function malformation(xml: string): string | undefined {
  const open: string[] = [];
  let roots = 0;
  let rest = xml.replace(/^\uFEFF/u, "").replace(/^<\?xml version="1\.0" encoding="[\w-]+"\?>/u, "");
  while (rest !== "") {
    const match = /^([^<]*)<(\/?)([\w.:-]+)((?: [\w:]+="[^"<&]*")*)(\/?)>/u.exec(rest);
    if (match === null)
      return rest.trim() === "" ? (open[0] ?? (roots === 1 ? undefined : `${roots} roots`)) : rest.slice(0, 80);
    const [whole, content = "", slash, name = ""] = match;
    if (/&(?!(?:amp|lt|gt|quot|#x[\da-f]+);)/u.test(content)) return `reference in ${content.slice(0, 80)}`;
    if (slash === "") {
      if (open.length === 0) roots += 1;
      open.push(name);
    } else if (open.pop() !== name) return `</${name}>`;
    rest = rest.slice(whole.length);
  }
  return open[0] ?? (roots === 1 ? undefined : `${roots} roots`);
}
