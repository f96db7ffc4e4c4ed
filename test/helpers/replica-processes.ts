import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ReplicaTask } from "./replica-task.ts";

/** A process of replicas that read a sandbox as fast as they may. Left, it ends in order. */
export interface ReplicaProcess extends AsyncDisposable {
  /** It does nothing before. */
  begin(): void;
  /** SIGKILL; resolves when it is dead. */
  kill(): Promise<void>;
}

/** Starts it; resolves when it could begin. */
export async function startReplica(task: ReplicaTask): Promise<ReplicaProcess> {
  const script = fileURLToPath(new URL("replica-child.ts", import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(task)], { stdio: ["pipe", "pipe", "inherit"] });
  const closed = once(child, "close");
  const isReady = await Promise.race([once(child.stdout, "data").then(() => true), closed.then(() => false)]);
  if (!isReady) throw new Error("the replica ended before it was ready");
  return {
    begin: () => void child.stdin.write("begin\n"),
    kill: async () => {
      child.kill("SIGKILL");
      await closed;
    },
    [Symbol.asyncDispose]: async () => {
      child.stdin.end();
      await closed;
    },
  };
}

/** Several processes that begin at once. */
export interface ReplicaProcesses extends AsyncDisposable {
  begin(): void;
  /** Kills one of them; another one joins. */
  replaceOne(): Promise<void>;
}

/** Starts them; resolves when all could begin. */
export async function startReplicas(count: number, task: ReplicaTask): Promise<ReplicaProcesses> {
  const replicas = await Promise.all(Array.from({ length: count }, () => startReplica(task)));
  return {
    begin: () => replicas.forEach((replica) => replica.begin()),
    replaceOne: async () => {
      await replicas.shift()?.kill();
      const joining = await startReplica(task);
      replicas.push(joining);
      joining.begin();
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(replicas.map((replica) => replica[Symbol.asyncDispose]()));
    },
  };
}
