import type { Principal } from "../../../resolvers/principal.ts";
import type { Lease } from "../../store/lease.ts";
import type { OperationRequest } from "../graphql/prepare-operation.ts";
import type { CallbackRequest } from "./callback-request.ts";

/** A subscription whose events this process sends to a gateway. */
export interface CallbackSubscription {
  readonly id: string;
  readonly principal: Principal;
  readonly callback: CallbackRequest;
  readonly request: OperationRequest;
  /** Position up to which the gateway has accepted everything; undefined before it has accepted anything. */
  readonly cursor: string | undefined;
  readonly lease: Lease;
}
