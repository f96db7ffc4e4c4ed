import { recordOf, type Observation } from "./observation.ts";
import type { BankAccountWire, CardWire, ExternalAccountWire } from "../wire/external-account.ts";
import { extensionsOf, referencesOf } from "./fields.ts";

/** Maps the account that payouts go to. Stripe provides only the end of its number. */
export function mapExternalAccount(wire: ExternalAccountWire): Observation {
  if ("deleted" in wire) return { type: "deleted", entity: "Account", externalId: wire.id };
  return wire.object === "card" ? mapCard(wire) : mapBankAccount(wire);
}

function mapBankAccount(wire: BankAccountWire): Observation {
  return recordOf({
    ...shared(wire),
    kind: "BANK_ACCOUNT",
    name: wire.bank_name ?? wire.account_holder_name ?? undefined,
    identifiers: referencesOf({ masked: maskOf(wire.last4), routing_number: wire.routing_number }),
    extensions: extensionsOf({ country: wire.country, status: wire.status }),
  });
}

function mapCard(wire: CardWire): Observation {
  return recordOf({
    ...shared(wire),
    kind: "CARD",
    name: wire.brand ?? wire.name ?? undefined,
    identifiers: referencesOf({ masked: maskOf(wire.last4) }),
    extensions: extensionsOf({ country: wire.country }),
  });
}

function shared(wire: BankAccountWire | CardWire) {
  return {
    type: "Account",
    externalId: wire.id,
    createdAt: undefined,
    ownership: "EXTERNAL",
    currency: wire.currency?.toUpperCase(),
    ownerExternalId: wire.customer ?? undefined,
  } as const;
}

function maskOf(last4: string | null | undefined): string | undefined {
  return last4 ? `****${last4}` : undefined;
}
