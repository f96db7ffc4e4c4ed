import type { WebSocket } from "ws";

export interface HeartbeatOptions {
  readonly socket: WebSocket;
  readonly intervalMs: number;
  /** Called when the peer has sent nothing, not even a pong, since the last ping. */
  readonly onSilence: () => void;
}

/**
 * Pings a peer as long as it responds: load balancers cut idle connections, and a peer that has vanished is detected.
 * Any message counts as a response.
 * @returns a function that stops it
 */
export function startHeartbeat({ socket, intervalMs, onSilence }: HeartbeatOptions): () => void {
  let isAlive = true;
  const markAlive = (): void => void (isAlive = true);
  socket.on("message", markAlive);
  socket.on("pong", markAlive);
  const pinging = setInterval(() => {
    if (!isAlive) return onSilence();
    isAlive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
  }, intervalMs);
  return () => clearInterval(pinging);
}
