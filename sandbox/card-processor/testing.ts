import {
  credentials,
  type ClientReadableStream,
  Metadata,
  type ServiceError,
  makeClientConstructor,
} from "@grpc/grpc-js";
import { loadSync } from "@grpc/proto-loader";
import { z } from "zod";
import { callControl } from "../shared/call-control.ts";
import type { RunningSandbox, SandboxOptions } from "../shared/sandbox.ts";
import { cardProcessorSandbox } from "./index.ts";

const sourceConfig = z.object({ baseUrl: z.string(), apiKey: z.string() });

/** The answer to a call: the message, or the status with which it failed. */
export type Answer =
  | { readonly ok: true; readonly message: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly code: number; readonly details: string; readonly pushback: string | undefined };

/** A running sandbox, called with the client library of the gRPC project and the text of the contract. */
export interface TestSandbox extends AsyncDisposable {
  readonly running: RunningSandbox;
  readonly config: z.infer<typeof sourceConfig>;
  call(
    method: string,
    request?: object,
    options?: { readonly apiKey?: string; readonly deadlineMs?: number },
  ): Promise<Answer>;
  /** The message of a call that must succeed. */
  get(method: string, request?: object): Promise<Readonly<Record<string, unknown>>>;
  /** Opens a stream of changes; the caller cancels it. */
  changes(resumeToken?: string): ClientReadableStream<Readonly<Record<string, unknown>>>;
  /** Calls the control API. Rejects when the call is refused. */
  control(method: string, path: string, body?: unknown): Promise<unknown>;
}

const CONTRACT = new URL("contract/", import.meta.url).pathname;

function clientOf(url: string) {
  const definition = loadSync("card_processor.proto", {
    includeDirs: [CONTRACT],
    longs: String,
    enums: String,
    defaults: true,
    oneofs: true,
  });
  const service = definition["cardprocessor.v1.CardProcessor"];
  if (service === undefined || "format" in service) throw new Error("the contract has no service");
  const Client = makeClientConstructor(service, "CardProcessor");
  return new Client(new URL(url).host, credentials.createInsecure());
}

/** Starts a sandbox: by default an empty one of seed 1. */
export async function useSandbox(options: Partial<SandboxOptions> = {}): Promise<TestSandbox> {
  const running = await cardProcessorSandbox.start({ port: 0, seed: 1, payments: 0, ...options });
  const config = sourceConfig.parse(running.sourceConfig);
  const client = clientOf(running.url);
  const metadataOf = (apiKey = config.apiKey): Metadata => {
    const metadata = new Metadata();
    metadata.set("authorization", `Bearer ${apiKey}`);
    return metadata;
  };
  type Call = (...args: unknown[]) => unknown;
  // methods are created from the contract, so their types are not known
  const methodOf = (name: string): Call => (client as unknown as Record<string, Call>)[name]?.bind(client) as Call;
  const call: TestSandbox["call"] = (method, request = {}, { apiKey, deadlineMs = 20_000 } = {}) =>
    new Promise((resolve) => {
      const done = (error: ServiceError | null, message: Readonly<Record<string, unknown>>): void => {
        if (error === null) return resolve({ ok: true, message });
        const pushback = error.metadata.get("grpc-retry-pushback-ms")[0]?.toString();
        resolve({ ok: false, code: error.code, details: error.details, pushback });
      };
      methodOf(method)(request, metadataOf(apiKey), { deadline: Date.now() + deadlineMs }, done);
    });
  return {
    running,
    config,
    call,
    async get(method, request) {
      const answer = await call(method, request);
      if (!answer.ok) throw new Error(`${method}: ${answer.code} ${answer.details}`);
      return answer.message;
    },
    changes: (resumeToken = "") =>
      methodOf("streamChanges")({ resumeToken }, metadataOf()) as ClientReadableStream<
        Readonly<Record<string, unknown>>
      >,
    control: (method, path, body) => callControl(running.url, { method, path, body }),
    async [Symbol.asyncDispose]() {
      client.close();
      await running.close();
    },
  };
}
