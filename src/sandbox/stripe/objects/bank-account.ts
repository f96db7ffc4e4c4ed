import type Stripe from "stripe";

const ID_PREFIX = "ba_1SluiceSandboxBank";

/** Id of the account's own bank account in a currency (lower case): there is one each. */
export function bankAccountId(currency: string): string {
  return `${ID_PREFIX}${currency.toUpperCase()}`;
}

/** The bank account of an id. It never changes, so that nothing but its id is kept. */
export function bankAccount(id: string): Stripe.BankAccount {
  return {
    id,
    object: "bank_account",
    account_holder_name: "Sluice Sandbox Ltd",
    account_holder_type: "company",
    account_type: null,
    bank_name: "STRIPE TEST BANK",
    country: "US",
    currency: id.slice(ID_PREFIX.length).toLowerCase(),
    fingerprint: `fp_${id.slice(ID_PREFIX.length)}`,
    last4: "6789",
    metadata: {},
    routing_number: "110000000",
    status: "new",
  };
}
