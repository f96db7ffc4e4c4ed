import type { ChannelKind } from "../../connector-api/channel.ts";
import type { UpstreamClient } from "../../connector-api/client.ts";
import type { RawPayload } from "../../connector-api/messages.ts";
import { ServiceError } from "../../domain/error.ts";
import { createGrpcChannel, type GrpcChannel } from "../../protocols/grpc/grpc-channel.ts";
import type { MessageType, MessageValues, ProtoMessage } from "../../protocols/protobuf/message.ts";
import type { CardProcessorConfig } from "./config.ts";
import { contract, pathOf } from "./wire/contract.ts";

/** The connection to the processor; every call carries the key. */
export const cardProcessorChannel: ChannelKind<CardProcessorConfig, GrpcChannel> = {
  open({ target, config, createSocket }) {
    const { certificateAuthority: ca, clientCertificate: certificate, clientKey: key } = config;
    return createGrpcChannel({
      baseUrl: target.baseUrl,
      createSocket,
      metadata: { authorization: `Bearer ${config.apiKey}` },
      tls: {
        ...(ca !== undefined && { ca }),
        ...(certificate !== undefined && { certificate }),
        ...(key !== undefined && { key }),
      },
    });
  },
};

/** Context of a call. */
export interface CardProcessorCall {
  readonly config: CardProcessorConfig;
  readonly client: UpstreamClient;
  readonly signal: AbortSignal;
  /** See `ChannelCall.isBackfill`. */
  readonly isBackfill?: true;
}

/** A response whose list has not been decoded: each item is, by itself. */
export interface ListAnswer {
  /** Bytes of the items, in order. */
  readonly items: readonly Uint8Array[];
  /** Name of the list: `payments`. */
  readonly listName: string;
  readonly itemType: MessageType;
  /** Empty on the last page. */
  readonly nextPageToken: string;
  /** Number of the last change that the response includes. */
  readonly sequence: bigint;
  readonly payload: RawPayload;
}

export const MEDIA_TYPE = "application/protobuf";

/** Makes a call that returns one message. @throws ServiceError UPSTREAM_* | CANCELED */
export function callMethod(call: CardProcessorCall, method: string, values: MessageValues): Promise<ProtoMessage> {
  return decodedCall(call, method, values, (type, bytes) => type.decode(bytes));
}

/** Makes a call that returns a list. @throws ServiceError UPSTREAM_* | CANCELED */
export function callList(call: CardProcessorCall, method: string, values: MessageValues): Promise<ListAnswer> {
  return decodedCall(call, method, values, listOf);
}

function decodedCall<T>(
  { client, signal, isBackfill }: CardProcessorCall,
  method: string,
  values: MessageValues,
  decode: (type: MessageType, bytes: Uint8Array) => T,
): Promise<T> {
  const { path, input, output } = contract.method(pathOf(method));
  const message = input.encode(values);
  return client.call(
    {
      via: cardProcessorChannel,
      name: method,
      isRead: true,
      ...(isBackfill && { isBackfill }),
      async run(channel, limits) {
        const answer = await channel.unary({ path, message }, limits);
        try {
          return decode(output, answer.message);
        } catch (reason) {
          throw garbled(reason); // within the attempt, so that it is repeated
        }
      },
    },
    signal,
  );
}

/** The envelope of a response has only three fields: bytes that are no such message were damaged on their way. */
function garbled(reason: unknown): ServiceError {
  const { publicMessage } = ServiceError.from(reason);
  return new ServiceError("UPSTREAM_GARBLED", "the response is not the documented message", {
    detail: publicMessage,
    cause: reason,
  });
}

/** Every list of the contract is the first field of its response, and the token and the number follow it. */
function listOf(type: MessageType, bytes: Uint8Array): ListAnswer {
  const [list, token, number] = [type.fields[0], type.field("next_page_token"), type.field("sequence")];
  if (list?.message === undefined) throw new RangeError(`${type.name} has no list`);
  const message = type.decode(bytes, { keepEncoded: [list] });
  return {
    items: message.get(list) as readonly Uint8Array[], // kept encoded
    listName: list.name,
    itemType: list.message,
    nextPageToken: message.get(token) as string, // as the contract declares
    sequence: message.get(number) as bigint, // as the contract declares
    payload: { bytes, mediaType: MEDIA_TYPE },
  };
}
