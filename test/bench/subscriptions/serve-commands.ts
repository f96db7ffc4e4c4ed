import { monitorEventLoopDelay } from "node:perf_hooks";
import { createInterface } from "node:readline";
import { type ServerAnswer, type ServerCommand, serverCommandSchema } from "./task.ts";

export interface Contestant {
  readonly url: string;
  /** Publishes events about payments; resolves when they are committed. */
  publish(events: number, perTransaction: number): Promise<void>;
  cursor(seq: bigint): string;
}

/** Answers the commands of the benchmark until the end of the input. Needs `--expose-gc`. */
export async function serveCommands(contestant: Contestant): Promise<void> {
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  let cpu = process.cpuUsage();

  function measure(): ServerAnswer {
    const { user, system } = process.cpuUsage(cpu);
    const delayMaxMs = delay.max / 1e6;
    globalThis.gc?.();
    const heapBytes = process.memoryUsage().heapUsed;
    delay.reset();
    cpu = process.cpuUsage();
    return { cpuMs: (user + system) / 1_000, delayMaxMs, heapBytes };
  }

  async function answer(command: ServerCommand): Promise<ServerAnswer> {
    if (command.type === "measure") return measure();
    if (command.type === "cursor") return { cursor: contestant.cursor(BigInt(command.seq)) };
    await contestant.publish(command.events, command.perTransaction);
    return {};
  }

  process.stdout.write(`${JSON.stringify({ url: contestant.url } satisfies ServerAnswer)}\n`);
  for await (const line of createInterface({ input: process.stdin })) {
    process.stdout.write(`${JSON.stringify(await answer(serverCommandSchema.parse(JSON.parse(line))))}\n`);
  }
}
