import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { type ClientsCommand, type ServerAnswer, serverAnswerSchema, type ServerCommand } from "./task.ts";

/** A process that answers each line of its input with one line. */
interface CommandProcess<Command> extends AsyncDisposable {
  /** Its first line. */
  readonly first: ServerAnswer;
  send(command: Command): Promise<ServerAnswer>;
}

/** A contestant with its clients, each a process of its own. */
export interface Arena extends AsyncDisposable {
  readonly server: CommandProcess<ServerCommand>;
  readonly clients: CommandProcess<ClientsCommand>;
  readonly url: string;
}

/** @param name of the contestant's script; @param argument for it */
export async function startArena(name: string, argument: string): Promise<Arena> {
  const server = await startProcess<ServerCommand>(`test/bench/subscriptions/${name}.ts`, argument);
  const clients = await startProcess<ClientsCommand>("test/bench/subscriptions/clients.ts", "");
  return {
    server,
    clients,
    url: server.first.url ?? "",
    async [Symbol.asyncDispose]() {
      await clients[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

async function startProcess<Command>(script: string, argument: string): Promise<CommandProcess<Command>> {
  const child: ChildProcessByStdio<Writable, Readable, null> = spawn(
    process.execPath,
    ["--expose-gc", script, argument],
    { stdio: ["pipe", "pipe", "inherit"], timeout: 400_000 }, // longer than the whole benchmark
  );
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const exited = once(child, "close");
  const answer = async (): Promise<ServerAnswer> => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error(`${script} ended`);
    return serverAnswerSchema.parse(JSON.parse(value));
  };
  return {
    first: await answer(),
    async send(command) {
      child.stdin.write(`${JSON.stringify(command)}\n`);
      return await answer();
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      await exited;
    },
  };
}
