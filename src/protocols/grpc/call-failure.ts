import { type CallFailure, ServiceError } from "../../domain/error.ts";
import { transportFailure } from "../rest/failure.ts";
import { classifyGrpcStatus } from "./classify-status.ts";
import type { Metadata } from "./metadata.ts";
import { pushbackMs } from "./pushback.ts";
import { grpcStatus } from "./status.ts";

/** What is known of a call when its stream is closed. */
export interface ClosedCall {
  /** Headers and trailers. */
  readonly metadata: Metadata;
  /** 0: no response arrived. */
  readonly httpStatus: number;
  /** Error of the stream or its connection; undefined: none. */
  readonly reason: unknown;
  /** Code with which the stream was reset; 0: it was not, or without an error. */
  readonly resetCode: number;
  /** True if the server has said that it never processed the call. */
  readonly isRefused: boolean;
}

const CANCELLED = 1;
const PERMISSION_DENIED = 7;
const RESOURCE_EXHAUSTED = 8;
const INTERNAL = 13;
const UNAVAILABLE = 14;

/** Status for the code of a reset. Source: gRPC, doc/PROTOCOL-HTTP2.md, "Errors"; all others are INTERNAL. */
const BY_RESET: ReadonlyMap<number, number> = new Map([
  [7, UNAVAILABLE], // REFUSED_STREAM
  [8, CANCELLED], // CANCEL
  [11, RESOURCE_EXHAUSTED], // ENHANCE_YOUR_CALM
  [12, PERMISSION_DENIED], // INADEQUATE_SECURITY
]);

/** Returns the failure that a closed call means; undefined for success. A call that was cut off is never a success. */
export function callFailure(closed: ClosedCall): ServiceError | undefined {
  const { metadata, httpStatus, reason, resetCode, isRefused } = closed;
  if (metadata["grpc-status"] !== undefined) {
    const { code, message } = grpcStatus(metadata, httpStatus);
    return classifyGrpcStatus(code, message, pushbackMs(metadata));
  }
  const call: CallFailure = isRefused ? { notProcessed: true } : {};
  if (httpStatus !== 0 && !isService(closed)) {
    const { code, message } = grpcStatus(metadata, httpStatus);
    return classifyGrpcStatus(code, message);
  }
  if (resetCode !== 0) return resetFailure(resetCode, call, reason);
  if (reason !== undefined) return transportFailure(reason, call);
  return new ServiceError("UPSTREAM_UNAVAILABLE", "the upstream closed the call before its end", {
    detail: "the stream was closed without a gRPC status",
    call,
  });
}

function isService({ httpStatus, metadata }: ClosedCall): boolean {
  return httpStatus === 200 && metadata["content-type"]?.startsWith("application/grpc") === true;
}

function resetFailure(resetCode: number, call: CallFailure, cause: unknown): ServiceError {
  const error = classifyGrpcStatus(BY_RESET.get(resetCode) ?? INTERNAL, "");
  return new ServiceError(error?.code ?? "UPSTREAM_UNAVAILABLE", "the upstream closed the call before its end", {
    detail: `the upstream reset the stream with HTTP/2 error ${resetCode}`,
    call,
    cause,
  });
}
