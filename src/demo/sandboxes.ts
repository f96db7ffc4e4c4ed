import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { sandboxes } from "../sandbox/registry.generated.ts";
import type { RunningSandbox } from "../sandbox/sandbox.ts";

/** Settings of a source that reads from a sandbox, before its connector has parsed them. */
export interface DemoSource {
  readonly id: string;
  readonly connector: string;
  readonly config: unknown;
}

export interface DemoSandboxes {
  readonly sources: readonly DemoSource[];
  /** Lets the sandboxes send their webhooks to the service that now listens at `serviceUrl`, and to nobody else. */
  connectWebhooks(serviceUrl: string): Promise<void>;
  close(): Promise<void>;
}

/** A world large enough to page, filter and back-fill, small enough to be read in seconds. */
const WORLD = { seed: 1, payments: 2_000, activityMs: 3_000 } as const;
const CONTROL_TIMEOUT_MS = 5_000;

/** Starts every sandbox. Their worlds are kept in `dataDir`, so that a second start finds what the store knows. */
export async function startSandboxes(dataDir: string): Promise<DemoSandboxes> {
  const folder = join(dataDir, "sandbox");
  await mkdir(folder, { recursive: true });
  const running: { readonly name: string; readonly id: string; readonly sandbox: RunningSandbox }[] = [];
  const close = async () => {
    await Promise.all(running.map(({ sandbox }) => sandbox.close()));
  };
  try {
    for (const [name, definition] of Object.entries(sandboxes)) {
      const sandbox = await definition.start({ ...WORLD, port: 0, statePath: join(folder, `${name}.jsonl`) });
      running.push({ name, id: `${name}-demo`, sandbox });
    }
  } catch (reason) {
    await close();
    throw reason;
  }
  return {
    sources: running.map(({ id, name, sandbox }) => ({ id, connector: name, config: sandbox.sourceConfig })),
    async connectWebhooks(serviceUrl) {
      await Promise.all(running.map(({ id, sandbox }) => connect(sandbox.url, `${serviceUrl}/webhooks/${id}`)));
    },
    close,
  };
}

const endpointList = z.object({ endpoints: z.array(z.object({ id: z.string() })) });

/** Endpoints of an earlier start have another port: they go. A system that sends no webhooks knows no endpoints. */
async function connect(sandboxUrl: string, url: string): Promise<void> {
  const endpoints = `${sandboxUrl}/_sandbox/webhook-endpoints`;
  const answer = await control("GET", endpoints, undefined, [404]);
  if (answer === undefined) return;
  const { endpoints: known } = endpointList.parse(answer);
  for (const { id } of known) await control("DELETE", `${endpoints}/${id}`);
  await control("POST", endpoints, { url });
}

/** @param absent statuses that say that there is nothing: undefined */
async function control(method: string, url: string, body?: unknown, absent: readonly number[] = []): Promise<unknown> {
  const response = await fetch(url, {
    method,
    signal: AbortSignal.timeout(CONTROL_TIMEOUT_MS),
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (absent.includes(response.status)) return undefined;
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return text === "" ? undefined : JSON.parse(text);
}
