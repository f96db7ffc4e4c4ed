import type { ChannelKind } from "../../connector-api/channel.ts";
import type { UpstreamClient } from "../../connector-api/client.ts";
import { ServiceError } from "../../domain/error.ts";
import { createGrpcChannel, type GrpcAnswer, type GrpcChannel } from "../../protocols/grpc/grpc-channel.ts";
import type { Method } from "../../protocols/protobuf/contract.ts";
import type { FieldPath } from "../../protocols/protobuf/field-path.ts";
import type { ProtoMessage } from "../../protocols/protobuf/message.ts";
import type { GrpcConfig } from "./config.ts";

export const MEDIA_TYPE = "application/protobuf";

/** The connection to the server. */
export const channelKind: ChannelKind<GrpcConfig, GrpcChannel> = {
  open({ target, config: { ca, clientCertificate: certificate, clientKey: key, metadata }, createSocket }) {
    return createGrpcChannel({
      baseUrl: target.baseUrl,
      createSocket,
      metadata,
      tls: {
        ...(ca !== undefined && { ca }),
        ...(certificate !== undefined && { certificate }),
        ...(key !== undefined && { key }),
      },
    });
  },
};

/** Context of a call. */
export interface GrpcSourceCall {
  readonly config: GrpcConfig;
  readonly client: UpstreamClient;
  readonly signal: AbortSignal;
  /** See `ChannelCall.isBackfill`. */
  readonly isBackfill?: true;
}

/** A response and its decoded message. */
export interface DecodedAnswer {
  readonly answer: GrpcAnswer;
  readonly message: ProtoMessage;
}

/**
 * Makes a call that returns one message. The elements of the list `items` are left encoded.
 * @throws ServiceError UPSTREAM_* | CANCELED
 */
export function callMethod(
  { client, signal, isBackfill }: GrpcSourceCall,
  { path, output }: Method,
  request: Uint8Array,
  items?: FieldPath,
): Promise<DecodedAnswer> {
  return client.call(
    {
      via: channelKind,
      name: path,
      isRead: true,
      ...(isBackfill && { isBackfill }),
      async run(channel, limits) {
        const answer = await channel.unary({ path, message: request }, limits);
        try {
          const options = items === undefined ? {} : { keepEncoded: [items.field] };
          return { answer, message: output.decode(answer.message, options) };
        } catch (reason) {
          throw garbled(reason); // within the attempt, so that it is repeated
        }
      },
    },
    signal,
  );
}

function garbled(reason: unknown): ServiceError {
  const { publicMessage } = ServiceError.from(reason);
  return new ServiceError("UPSTREAM_GARBLED", "the response is not the message of the contract", {
    detail: publicMessage,
    cause: reason,
  });
}
