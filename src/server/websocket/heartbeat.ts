import type { WebSocket } from "ws";

export interface HeartbeatOptions {
  readonly socket: WebSocket;
  readonly intervalMs: number;
  /** Called when the peer has sent nothing, not even a pong, since the last ping. */
  readonly onSilence: () => void;
}

/**
 * Pings a peer for as long as it answers: load balancers cut connections that say nothing, and a peer that vanished is
 * found out. Any message counts as an answer.
 * @returns a function that ends it
 */
export function startHeartbeat({ socket, intervalMs, onSilence }: HeartbeatOptions): () => void {
  let heard = true;
  const hear = (): void => void (heard = true);
  socket.on("message", hear);
  socket.on("pong", hear);
  const pinging = setInterval(() => {
    if (!heard) return onSilence();
    heard = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, intervalMs);
  return () => clearInterval(pinging);
}
