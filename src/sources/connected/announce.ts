import type { Transaction } from "../../store/database.ts";

export async function announceConnected(
  _tx: Transaction,
  _source: { readonly id: string; readonly scheduleMs: number | undefined; readonly version: bigint },
): Promise<boolean> {
  return true;
}

export async function announceChanged(
  _tx: Transaction,
  _source: { readonly id: string; readonly scheduleMs: number | undefined; readonly version: bigint },
): Promise<void> {}

export async function announceDisconnected(
  _tx: Transaction,
  _source: { readonly id: string; readonly version: bigint },
): Promise<void> {}

export async function announceErased(_tx: Transaction, _sourceId: string): Promise<void> {}
