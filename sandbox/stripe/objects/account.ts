/** The account that the keys belong to. Its id and creation time are fixed: it is the same company in every world. */
export const ACCOUNT_ID = "acct_1SluiceSandbox00";

/** Text of an account object. `created` is in Unix seconds. */
export function accountText(id: string, created: number): string {
  return JSON.stringify({ ...PROFILE, id, created, external_accounts: externalAccounts(id) });
}

const externalAccounts = (id: string) => ({
  object: "list",
  data: [],
  has_more: false,
  url: `/v1/accounts/${id}/external_accounts`,
});

const PROFILE = {
  id: ACCOUNT_ID,
  object: "account",
  business_profile: {
    annual_revenue: null,
    estimated_worker_count: null,
    mcc: "5734",
    minority_owned_business_designation: null,
    name: "Sluice Sandbox",
    product_description: null,
    support_address: null,
    support_email: "support@example.com",
    support_phone: null,
    support_url: null,
    url: "https://sandbox.example.com",
  },
  business_type: "company",
  capabilities: { card_payments: "active", sepa_debit_payments: "active", transfers: "active" },
  charges_enabled: true,
  controller: { type: "account" },
  country: "US",
  created: 1_700_000_000,
  default_currency: "usd",
  details_submitted: true,
  email: "owner@example.com",
  external_accounts: externalAccounts(ACCOUNT_ID),
  metadata: {},
  payouts_enabled: true,
  settings: {
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
    card_payments: {
      decline_on: { avs_failure: false, cvc_failure: false },
      statement_descriptor_prefix: "SLUICE",
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    dashboard: { display_name: "Sluice Sandbox", timezone: "Etc/UTC" },
    payments: {
      statement_descriptor: "SLUICE SANDBOX",
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
    },
    payouts: {
      debit_negative_balances: true,
      schedule: { delay_days: 2, interval: "weekly", weekly_anchor: "monday", weekly_payout_days: ["monday"] },
      statement_descriptor: null,
    },
  },
  tos_acceptance: { date: 1_700_000_000, ip: "203.0.113.7", user_agent: null },
  type: "standard",
};

/** Text of `/v1/account`. */
export const ACCOUNT_TEXT: string = JSON.stringify(PROFILE);
