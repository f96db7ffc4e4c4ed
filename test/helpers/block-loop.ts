/*
 * Preloaded by `node --import`: SIGUSR2 blocks the event loop of this process for `BLOCK_LOOP_MS`, as one request with
 * too much synchronous work does.
 */
const blockMs = Number(process.env["BLOCK_LOOP_MS"] ?? 0);

process.on("SIGUSR2", () => {
  process.stderr.write("blocked\n");
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, blockMs);
});
