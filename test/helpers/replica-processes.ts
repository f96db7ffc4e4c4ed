import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import type { ReplicaTask } from "./replica-task.ts";

const PROCESSES = 4;

/** A process of replicas that read a sandbox as fast as allowed. At the end of its scope it ends in order. */
export interface ReplicaProcess extends AsyncDisposable {
  /** Starts the reading; before this call it is idle. */
  begin(): void;
  /** SIGKILL; resolves when the process has ended. */
  kill(): Promise<void>;
}

/** Starts it; resolves when it is ready to begin. */
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

/** Replicas, spread over several processes, that begin at once. */
export interface ReplicaProcesses extends AsyncDisposable {
  begin(): void;
  /** Kills one of the processes; another one joins. */
  replaceOne(): Promise<void>;
}

/** Starts `task.replicas` replicas in four processes; resolves when all can begin. */
export async function startReplicas(task: ReplicaTask): Promise<ReplicaProcesses> {
  const taskOfOne = { ...task, replicas: task.replicas / PROCESSES };
  const processes = await Promise.all(Array.from({ length: PROCESSES }, () => startReplica(taskOfOne)));
  return {
    begin: () => processes.forEach((process) => process.begin()),
    replaceOne: async () => {
      await processes.shift()?.kill();
      const joining = await startReplica(taskOfOne);
      processes.push(joining);
      joining.begin();
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(processes.map((process) => process[Symbol.asyncDispose]()));
    },
  };
}
