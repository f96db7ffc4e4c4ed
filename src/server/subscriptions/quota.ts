import type { DocumentNode } from "graphql";
import type { Principal } from "../../../resolvers/principal.ts";
import { ServiceError } from "../../domain/error.ts";
import { documentBytes } from "../graphql/memory-size.ts";

/** Maximum numbers over all transports, of a principal or of a tenant. */
export interface Allowance {
  /** Open WebSockets, and responses that are streams. */
  readonly connections: number;
  /** Running operations, subscriptions included. */
  readonly operations: number;
  /** Bytes of the documents and declared variables of running operations; a document that several share counts once. */
  readonly bytes: number;
}

export interface QuotaLimits {
  readonly perPrincipal: Allowance;
  readonly perTenant: Allowance;
}

/** What a running operation keeps in memory. */
export interface OperationSize {
  readonly document: DocumentNode;
  /** Bytes of everything but the document. */
  readonly bytes: number;
}

/** Ends what a quota has admitted; a second call has no effect. */
export type Release = () => void;

/** Counts what principals and tenants have open. A principal is a subject of a tenant. */
export interface Quota {
  /** @throws ServiceError OVERLOADED */
  openConnection(principal: Principal): Release;
  /** @throws ServiceError OVERLOADED */
  startOperation(principal: Principal, size: OperationSize): Release;
}

interface Usage {
  connections: number;
  operations: number;
  bytes: number;
  /** Number of running operations by document. */
  readonly documents: Map<DocumentNode, number>;
}

interface Account {
  readonly usage: Usage;
  readonly allowance: Allowance;
  readonly owner: "principal" | "tenant";
  /** Removes the account from memory when nothing is open. */
  readonly close: () => void;
}

const RETRY_AFTER_MS = 1_000;

export function createQuota({ perPrincipal, perTenant }: QuotaLimits): Quota {
  const usages = new Map<string, Usage>();

  function openAccount(key: string, owner: Account["owner"], allowance: Allowance): Account {
    const usage = usages.get(key) ?? { connections: 0, operations: 0, bytes: 0, documents: new Map() };
    usages.set(key, usage);
    const close = (): void => {
      if (usage.connections === 0 && usage.operations === 0) usages.delete(key);
    };
    return { usage, allowance, owner, close };
  }

  /** @param change admits in one account, or throws; returns how to end it */
  function inBoth({ tenantId, subject }: Principal, change: (account: Account) => Release): Release {
    const admitted: Release[] = [];
    const accounts = [
      openAccount(JSON.stringify([tenantId, subject]), "principal", perPrincipal),
      openAccount(JSON.stringify([tenantId]), "tenant", perTenant),
    ];
    const release = (): void => {
      for (const end of admitted.splice(0)) end();
      for (const { close } of accounts) close();
    };
    try {
      for (const account of accounts) admitted.push(change(account));
      return release;
    } catch (reason) {
      release();
      throw reason;
    }
  }

  return {
    openConnection: (principal) => inBoth(principal, addConnection),
    startOperation: (principal, size) => inBoth(principal, (account) => addOperation(account, size)),
  };
}

function addConnection({ usage, allowance, owner }: Account): Release {
  if (usage.connections >= allowance.connections)
    throw overloaded(owner, `have ${allowance.connections} WebSockets and streams open`);
  usage.connections += 1;
  return () => void (usage.connections -= 1);
}

function addOperation({ usage, allowance, owner }: Account, { document, bytes }: OperationSize): Release {
  if (usage.operations >= allowance.operations)
    throw overloaded(owner, `run ${allowance.operations} operations over WebSockets and streams at a time`);
  const sharing = usage.documents.get(document) ?? 0;
  if (usage.bytes + bytes + (sharing === 0 ? documentBytes(document) : 0) > allowance.bytes)
    throw overloaded(owner, `run operations of ${allowance.bytes} bytes over WebSockets and streams at a time`);
  usage.operations += 1;
  usage.bytes += bytes + (sharing === 0 ? documentBytes(document) : 0);
  usage.documents.set(document, sharing + 1);
  return () => {
    const others = (usage.documents.get(document) ?? 1) - 1;
    usage.operations -= 1;
    usage.bytes -= bytes + (others === 0 ? documentBytes(document) : 0);
    if (others === 0) usage.documents.delete(document);
    else usage.documents.set(document, others);
  };
}

function overloaded(owner: Account["owner"], limit: string): ServiceError {
  return new ServiceError("OVERLOADED", `a ${owner} may ${limit}`, { retryAfterMs: RETRY_AFTER_MS });
}
