/**
 * Server settings for a small host on which Sluice shares resources with other programs. They are passed at every
 * start, so a new release changes them without editing the cluster's own files.
 */
export const SERVER_SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: "", // the socket is the only way to connect
  unix_socket_permissions: "0700",
  max_connections: "100",
  shared_buffers: "128MB",
  wal_level: "logical",
  max_wal_size: "1GB",
  wal_compression: "pglz", // these builds have neither lz4 nor zstd
  jit: "off", // JIT compilation costs more than our short statements take
  // Parallel workers need /dev/shm, of which a container has 64 MB: a big hash join would fail.
  max_parallel_workers_per_gather: "0",
  max_parallel_maintenance_workers: "0",
  timezone: "UTC",
  log_timezone: "UTC",
  log_checkpoints: "off",
  // Statements and details of errors quote customers' data: they must not be logged. The caller receives them anyway.
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  cluster_name: "sluice",
};

/** Returns settings as `-c name=value` arguments. */
export function settingArguments(settings: Readonly<Record<string, string>>): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
