import type Stripe from "stripe";
import { accountIn, COMPANY } from "../../shared/company.ts";

const ID_PREFIX = "ba_1SluiceSandboxBank";

/** Id of the account's own bank account in a currency (lower case): there is one for each currency. */
export function bankAccountId(currency: string): string {
  return `${ID_PREFIX}${currency.toUpperCase()}`;
}

/** The bank account with an id: the company's account in this currency. It never changes, so only its id is stored. */
export function bankAccount(id: string): Stripe.BankAccount {
  const currency = id.slice(ID_PREFIX.length);
  return {
    id,
    object: "bank_account",
    account_holder_name: COMPANY.name,
    account_holder_type: "company",
    account_type: null,
    bank_name: COMPANY.bank.name,
    country: COMPANY.bank.country,
    currency: currency.toLowerCase(),
    fingerprint: `fp_${currency}`,
    last4: accountIn(COMPANY, currency)?.iban.slice(-4) ?? "6789",
    metadata: {},
    routing_number: COMPANY.bank.bic,
    status: "new",
  };
}
